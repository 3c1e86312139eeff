import type { settings as english } from "../en/settings.ts"
import type { PartOf } from "../words.ts"

/** Settings, shortcuts, languages, themes, sounds. French. */
export const settings: PartOf<typeof english> = {}
