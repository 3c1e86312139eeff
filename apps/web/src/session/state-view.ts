/** What stands on the screen when there is no call to show. Pure. */

import type { CallView as MachineView } from "@conclave/call"
import type { ProblemCode } from "@conclave/wire"
import type { RulesAtDoor } from "../key-worker/messages.ts"
import type { StateView } from "../view/state.ts"
import { hostOf } from "./room-rules.ts"

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
    // Drawn as screens of their own.
    case "waiting-for-host":
    case "asking-password":
      return { kind: "connecting" }
    case "leaving":
      return { kind: "left", minutes }
    case "removed":
      return removedState(view, minutes)
    case "ended":
      if (view.reason === "left") return { kind: "left", minutes }
      return { kind: "ended-by-host", minutes, ...(view.by === undefined ? {} : { by: view.by.name }) }
    case "failed":
      return problemState(view.problem, minutes)
  }
}

function removedState({ by, why }: Extract<MachineView, { phase: "removed" }>, minutes: number): StateView {
  switch (why) {
    case "removed":
      return by === undefined ? { kind: "removed" } : { kind: "removed", by: by.name }
    case "organisation":
      return { kind: "removed-by-organisation" }
    // D14: nobody meant it.
    case "silent":
      return { kind: "dropped" }
    // D11: the same device came in anew.
    case "returned":
      return { kind: "moved-away" }
    case "left":
      return { kind: "left", minutes }
  }
}

/** Why nobody let this device in, as far as the room's signed rules say (D8.11); else that somebody said no. */
export function turnedAway(rules: RulesAtDoor | undefined, { now, hasToken, canSignIn }: AtDoor): StateView {
  if (rules?.isLocked === true) return { kind: "room-locked" }
  if (rules?.expiry !== undefined && now >= rules.expiry) return { kind: "link-expired" }
  if (rules?.minimumLevel === "organisation" && !hasToken)
    return { kind: "needs-organisation", organisations: rules.issuers.map(hostOf), canSignIn: rules.issuers.some(canSignIn) }
  return { kind: "turned-away" }
}

interface AtDoor {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly hasToken: boolean
  /** Whether this server is set up with that issuer. */
  readonly canSignIn: (issuer: string) => boolean
}

/** A refusal of the server, in the words of the screen it deserves. */
export function problemState(code: ProblemCode, minutes = 0): StateView {
  switch (code) {
    case "no-such-room":
      return { kind: "unknown-room" }
    case "wrong-link":
    case "link-replaced":
    case "link-expired":
    case "turned-away":
    case "blocked":
    case "room-locked":
      return { kind: code }
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
