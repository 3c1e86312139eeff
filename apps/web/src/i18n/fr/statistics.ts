import type { statistics as english } from "../en/statistics.ts"
import type { PartOf } from "../words.ts"

/** The statistics panel and what is said of the network. French. */
export const statistics: PartOf<typeof english> = {}
