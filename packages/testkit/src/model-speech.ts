/** What members of the model say to each other: sealed to an epoch, opened once, and only from who is still there. */

import type { GroupFailure, OutgoingMessage, Person } from "@conclave/call"
import { readPrivateMessage, type MemberId } from "@conclave/wire"
import { boxOf, membersAt, privateMessage, type Group, type Spoken } from "./model-group.ts"
import { lockOf, type Vault } from "./symbols.ts"

/** Seals a message to everybody who knows this epoch's secret. */
export function sealMessage(
  vault: Vault,
  group: Group,
  { message, people }: { readonly message: OutgoingMessage; readonly people: ReadonlyMap<MemberId, Person> },
): Uint8Array<ArrayBuffer> {
  const spoken: Spoken["message"] =
    message.kind === "introduce"
      ? { kind: "introduce", people: membersAt(group, message.leaves).flatMap((member) => people.get(member) ?? []) }
      : message
  const content: Spoken = { from: group.own, epoch: group.epoch, message: spoken }
  return privateMessage(group.call, group.epoch, "application", vault.sealPlain([lockOf(group.secret)], content))
}

/** Opens a message of this epoch or the one before. `seen` are the messages opened before; none is opened twice. */
export function openMessage(
  vault: Vault,
  group: Group,
  { bytes, seen }: { readonly bytes: Uint8Array; readonly seen: Set<string> },
): Spoken | GroupFailure {
  const header = readPrivateMessage(bytes)
  if (header?.contentType !== "application") return "refused"
  const now = { epoch: group.epoch, secret: group.secret, members: group.leaves }
  const from = [now, group.past].find((each) => each?.epoch === header.epoch)
  if (from === undefined) return "stale"
  const spoken = vault.open(boxOf(bytes), [from.secret]) as Spoken | undefined
  const name = [...boxOf(bytes)].join()
  if (spoken === undefined || spoken.from === group.own || seen.has(name)) return "refused"
  const sender = from.members.find(({ leaf }) => leaf === spoken.from)
  // A1.14: who has been removed says nothing more, not even in the epoch before.
  const isHere = sender !== undefined && group.leaves.some(({ leaf, member }) => leaf === sender.leaf && member === sender.member)
  if (!isHere) return "refused"
  seen.add(name)
  return spoken
}
