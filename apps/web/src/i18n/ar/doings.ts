import type { doings as english } from "../en/doings.ts"
import type { PartOf } from "../words.ts"

/** What people do together: hands, reactions, asking to unmute, leaving, the menu of more. Arabic. */
export const doings: PartOf<typeof english> = {}
