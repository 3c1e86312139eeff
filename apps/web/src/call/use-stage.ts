import { useState } from "react"
import { settings } from "../session/settings-store.ts"
import { useSettings } from "../settings/use-settings.ts"
import type { Layout } from "../view/settings.ts"
import type { Subject } from "./subject.ts"
import { useFloating, type Floating } from "./use-floating.ts"
import { useFullScreen, type FullScreen } from "./use-full-screen.ts"

/** How this person looks at the call: nobody else knows of it. For the strip, its menu and shortcuts. */
export interface StageControl {
  readonly layout: Layout
  readonly setLayout: (layout: Layout) => void
  /** What this person chose to see large; it may have left meanwhile. */
  readonly pinned: Subject | undefined
  /** Undefined: nothing any more. */
  readonly pin: (subject: Subject | undefined) => void
  /** The row of faces beside what is large. */
  readonly hasFaces: boolean
  readonly toggleFaces: () => void
  readonly full: FullScreen
  /** The small window that stays above others. */
  readonly floating: Floating
}

/** Where a fixture begins. */
export interface StageStart {
  readonly layout?: Layout
  readonly pinned?: Subject
  readonly hasFaces?: boolean
}

export function useStage(start: StageStart = {}): StageControl {
  const { layout } = useSettings()
  const [pinned, pin] = useState(start.pinned)
  const [hasFaces, showFaces] = useState(start.hasFaces ?? true)
  return {
    layout: start.layout ?? layout,
    setLayout: (chosen) => settings.change({ layout: chosen }),
    pinned,
    pin,
    hasFaces,
    toggleFaces: () => showFaces(!hasFaces),
    full: useFullScreen(),
    floating: useFloating(),
  }
}
