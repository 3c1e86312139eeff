import { useSyncExternalStore } from "react"
import { settings } from "../session/settings-store.ts"
import type { Settings } from "../view/settings.ts"

/** The settings in force; drawn anew whenever one changes, in this tab or another. Change them with `settings.change`. */
export const useSettings = (): Settings => useSyncExternalStore(settings.subscribe, settings.current, settings.current)
