import { Menu } from "lucide-react"
import { useState } from "react"
import { dashboardWords } from "../i18n/dashboard-words.ts"
import type { Part } from "./parts-offered.ts"

interface NavigationProps {
  /** What the role allows; the rest is not offered. */
  readonly offered: readonly Part[]
  readonly open: Part | undefined
  /** Goes along to every part. */
  readonly team: string | undefined
  /** Whose account it is. */
  readonly name: string
  readonly onSignOut: () => void
}

/** All parts of the dashboard and one's own account; folded behind one button where there is no room. */
export function Navigation({ offered, open, team, name, onSignOut }: NavigationProps) {
  const say = dashboardWords.useWords()
  const [isUnfolded, unfold] = useState(false)
  const query = team === undefined ? "" : `?team=${team}`
  return (
    <>
      <button
        type="button"
        className="button quiet unfold-nav"
        aria-expanded={isUnfolded}
        aria-controls="dashboard-nav"
        onClick={() => unfold(!isUnfolded)}
      >
        <Menu className="icon" aria-hidden="true" />
        {say("nav.menu")}
      </button>
      <div className="nav" id="dashboard-nav" data-unfolded={isUnfolded}>
        <nav aria-label={say("nav.label")}>
          {offered.map((part) => (
            <a key={part} href={`/dashboard/${part}${query}`} aria-current={part === open ? "page" : undefined}>
              {say(`nav.${part}`)}
            </a>
          ))}
        </nav>
        <a className="button quiet" href="/account">
          <span className="hidden-text">{say("nav.account")}: </span>
          <bdi>{name}</bdi>
        </a>
        <button type="button" className="button quiet" onClick={onSignOut}>
          {say("nav.sign-out")}
        </button>
      </div>
    </>
  )
}
