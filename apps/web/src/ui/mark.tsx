/** The mark: a round room with an opening, and the key that closes it. Never mirrored. */

import { useWords } from "../i18n/use-words.ts"

export type MarkState = "closed" | "open" | "fallen"

const room = "M18.21 7.64a8 8 0 1 0 0 8.72"

/** Closed only where this device's keys say so. Decorative: the words beside it say the same. */
export function Mark({ state, className = "" }: { state: MarkState; className?: string }) {
  return (
    <svg className={`mark ${className}`} viewBox="0 0 24 24" aria-hidden="true" data-state={state}>
      <path className="ring" d={room} />
      {state === "closed" && <circle className="point" cx="19.6" cy="12" r="3.1" />}
      {state === "fallen" && <circle className="fallen" cx="21" cy="20.6" r="3" />}
    </svg>
  )
}

/** The room without its key, large: the start page's dial and the door. `box` is the viewBox. */
export function Groove({ box }: { box: string }) {
  return (
    <svg viewBox={box} aria-hidden="true">
      <path className="groove" d={room} />
    </svg>
  )
}

/** The name as a link to the start page. The mark stands for its first letter. */
export function Wordmark() {
  const name = useWords()("app.name")
  return (
    <a className="wordmark" href="/">
      <span className="hidden-text">{name}</span>
      <Mark state="closed" />
      <span aria-hidden="true">{name.slice(1)}</span>
    </a>
  )
}
