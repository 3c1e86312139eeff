/** What members say to each other: sealed for the epoch, opened by whoever the engine verified (D34). */

import { isSame } from "../bytes.ts"
import { isRefusal, refusal, type Refusal } from "../refusal.ts"
import { idBytes } from "../room/link-keys.ts"
import { attempt } from "./attempt.ts"
import type { CallMessage, GroupFact, GroupFailure, GroupOrder, Person } from "./engine-port.ts"
import { readHeader } from "./envelope.ts"
import { fitting, parseMessage, printMessage, type ClaimedMessage } from "./messages.ts"
import { personIn, type Group, type Membership } from "./membership.ts"
import { prove } from "./people.ts"

type Answer = GroupFact | Refusal<GroupFailure>

/** How long messages of the epoch before still open, in milliseconds (A1.14, as for frames in D24). */
const oldEpochMs = 5000

/** Seals a message. `introduce` gets the bundles we hold of the leaves it names. */
export function say(membership: Membership, { message, keep }: Extract<GroupOrder, { do: "seal-message" }>): Answer {
  const { inside, raw, people } = membership
  if (inside === undefined || inside.group.isOver) return refusal("refused")
  const claimed: ClaimedMessage =
    message.kind === "introduce"
      ? { kind: "introduce", bundles: fitting(message.leaves.flatMap((leaf) => people.at(leaf)?.bundle ?? [])) }
      : message
  if (claimed.kind === "introduce" && claimed.bundles.length === 0) return refusal("refused")
  const sealed = attempt(() => raw.encrypt(printMessage(claimed), new Uint8Array()))
  return isRefusal(sealed) ? sealed : { type: "message-sealed", epoch: inside.group.epoch, message: sealed, keep }
}

/** Opens a message and reads it. */
export async function hear(membership: Membership, bytes: Uint8Array): Promise<Answer> {
  const { inside, raw } = membership
  if (inside === undefined || inside.group.isOver) return refusal("refused")
  const late = judgeHeader(membership, inside.group, bytes)
  if (late !== undefined) return late
  const opened = attempt(() => raw.process(bytes))
  if (isRefusal(opened)) return opened
  if (opened.kind !== "application" || !isHeard(inside.group, opened.sender, opened.epoch)) return refusal("refused")
  const claimed = parseMessage(opened.data)
  if (claimed === undefined) return refusal("refused")
  return { type: "message-opened", from: opened.sender, epoch: opened.epoch, message: await checked(membership, claimed) }
}

function judgeHeader({ call, parts }: Membership, { epoch, since }: Group, bytes: Uint8Array): Refusal<GroupFailure> | undefined {
  const header = readHeader(bytes)
  if (header?.content !== "application" || !isSame(header.groupId, idBytes(call))) return refusal("refused")
  if (header.epoch > epoch || header.epoch < epoch - 1) return refusal("stale")
  return header.epoch < epoch && parts.now() - since > oldEpochMs ? refusal("stale") : undefined
}

/** D34, A1.14: a verified leaf of the group; and of the last epoch, not one that has been removed since. */
const isHeard = ({ roster, removed, own, epoch }: Group, sender: number, spokenIn: number): boolean =>
  sender !== own && roster.some((one) => one.leaf === sender) && (spokenIn === epoch || !removed.includes(sender))

/** D17.14: whoever says it, a bundle proves itself or is left out. */
async function checked(membership: Membership, message: ClaimedMessage): Promise<CallMessage> {
  if (message.kind !== "introduce") return message
  const found: Person[] = []
  for (const bundle of message.bundles) {
    const claimed = await prove(bundle, membership.proving)
    const proved = claimed === undefined ? undefined : membership.people.introduce(claimed)
    if (proved !== undefined) found.push(personIn(membership, proved))
  }
  return { kind: "introduce", people: found }
}
