/** What the buttons of a state do. Those that only lead elsewhere are done here. */

import { loginPath } from "../address.ts"
import type { StateAction } from "../view/state.ts"

export interface StateParts {
  readonly retry: () => void
  readonly leave: () => void
  readonly copyLink: () => void
  /** Takes the call over from another tab of this browser (D11). */
  readonly moveHere: () => void
  /** Where one signs in is the lobby: the window must open in a press of its own. */
  readonly toLobby: () => void
  readonly rejoin: () => void
  /** The words were misread: they do match. */
  readonly misread: () => void
}

export function actOnState(action: StateAction, parts: StateParts): void {
  const acts: Record<StateAction, () => void> = {
    retry: parts.retry,
    leave: parts.leave,
    "copy-link": parts.copyLink,
    "move-here": parts.moveHere,
    "sign-in": parts.toLobby,
    // Whoever comes back is in the same room, and comes without the token that did not do.
    "log-in": () => {
      location.assign(loginPath(location.pathname))
    },
    rejoin: parts.rejoin,
    "join-without": parts.rejoin,
    "go-on": parts.misread,
    "back-to-start": () => {
      location.assign("/")
    },
    "new-meeting": () => {
      location.assign("/new")
    },
    reload: () => {
      location.reload()
    },
  }
  acts[action]()
}
