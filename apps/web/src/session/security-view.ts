/** The security and people panels: the MLS roster and what this device's keys say. Pure. */

import type { InView } from "@conclave/call"
import { fromBase64url } from "@conclave/wire"
import type { Counts } from "../frame-worker/messages.ts"
import type { KeyChange, RefusedFrames, RosterEntry, SecurityView } from "../view/security.ts"

export interface SecurityParts {
  readonly now: number
  readonly counts: Counts
  readonly keysChanged: { readonly at: number; readonly why: KeyChange }
  readonly comparison: SecurityView["comparison"]
}

export function securityViewOf(view: InView, { now, counts, keysChanged, comparison }: SecurityParts): SecurityView {
  return {
    roster: view.members.map(entryOf),
    words: view.words,
    digits: view.digits,
    comparison,
    blocked: [],
    canTakeOver: false,
    devices: [],
    keysChanged: { minutesAgo: Math.floor((now - keysChanged.at) / 60_000), why: keysChanged.why },
    details: {
      epoch: view.epoch,
      group: groupText(view.call),
      refused: refusedOf(view, counts),
      outsideWindow: counts.outsideWindow,
      heartbeatWindow: Math.round(view.silenceWindow / 1000),
    },
  }
}

function entryOf({ member, person, isSelf, isQuiet, media }: InView["members"][number]): RosterEntry {
  const who =
    person === undefined
      ? ({ known: false } as const)
      : ({ known: true, name: person.name, level: person.level, isKeyChanged: false } as const)
  return {
    id: member,
    who,
    isSelf,
    isMuted: media?.microphone === false,
    isSilent: isQuiet,
    role: "member",
    isSuccessor: false,
    acts: isSelf ? [] : ["remove"],
  }
}

function refusedOf(view: InView, counts: Counts): RefusedFrames[] {
  return Object.entries(counts.refused).map(([leaf, refusals]) => ({
    name: view.members.find((member) => member.leaf === Number(leaf))?.person?.name,
    ...refusals,
  }))
}

/** The call id as people compare hexadecimal: groups of four. */
function groupText(call: string): string {
  const hex = [...(fromBase64url(call) ?? [])].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return hex.match(/.{1,4}/g)?.join(" ") ?? ""
}
