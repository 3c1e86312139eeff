import type { stage as english } from "../en/stage.ts"
import type { PartOf } from "../words.ts"

/** The stage: layouts, tiles, shared screens. Spanish. */
export const stage: PartOf<typeof english> = {}
