/** What stands on the screen when there is no call to show. Pure. */

import type { CallView as MachineView } from "@conclave/call"
import type { ProblemCode } from "@conclave/wire"
import type { StateView } from "../view/state.ts"

/** A knock that nobody has answered for so long is worth a word. */
const slowKnockMs = 5_000

const secondsUntil = (at: number, now: number): number => Math.max(0, Math.ceil((at - now) / 1000))

/** The state of a machine that is not in the call. `minutes`: how long the person was in it. */
export function stateOf(view: Exclude<MachineView, { phase: "in" | "reconnecting" }>, now: number, minutes: number): StateView {
  switch (view.phase) {
    case "idle":
      return { kind: "connecting" }
    case "connecting":
      return view.nextTryAt === undefined ? { kind: "connecting" } : { kind: "cut-off", retryIn: secondsUntil(view.nextTryAt, now) }
    case "knocking":
      return { kind: "getting-keys", isWaiting: now - view.since > slowKnockMs }
    case "leaving":
      return { kind: "left", minutes }
    case "removed":
      return view.by === undefined ? { kind: "removed" } : { kind: "removed", by: view.by.name }
    case "ended":
      return { kind: "left", minutes }
    case "failed":
      return problemState(view.problem, minutes)
  }
}

/** A refusal of the server, in the words of the screen it deserves. */
export function problemState(code: ProblemCode, minutes = 0): StateView {
  switch (code) {
    case "no-such-room":
      return { kind: "unknown-room" }
    case "wrong-link":
      return { kind: "wrong-link" }
    case "room-full":
      return { kind: "room-full" }
    case "call-ended":
    case "no-such-call":
      return { kind: "ended", minutes }
    case "wrong-version":
      return { kind: "wrong-version" }
    case "sfu-away":
      return { kind: "sfu-away" }
    case "internal":
      return { kind: "engine-broken" }
    default:
      return { kind: "problem", code }
  }
}
