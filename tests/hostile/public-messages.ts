/**
 * MLS messages that only a server would make (RFC 9420 sections 6 and 12): proposals and commits of senders outside the
 * group, as PublicMessages, and the same dressed up as PrivateMessages. None of them is for us (D7).
 */

import { randomBytes } from "node:crypto"
import { fromBase64url } from "@conclave/wire"
import { joined } from "./lying-relay.ts"

type Bytes = Uint8Array<ArrayBuffer>

/** The registered proposal types, and the first that nobody has registered (RFC 9420 section 17.4). */
export const proposalTypes = {
  add: 1,
  update: 2,
  remove: 3,
  psk: 4,
  reinit: 5,
  externalInit: 6,
  groupContextExtensions: 7,
  unassigned: 8,
} as const

/** Who claims to have sent it. */
type Sender = { readonly leaf: number } | "external" | "new-member-proposal" | "new-member-commit"

interface Said {
  readonly call: string
  readonly epoch: number
  readonly sender: Sender
  /** Of one proposal on its own, or of a commit that contains it. */
  readonly proposal: { readonly type: number; readonly body: Uint8Array }
  readonly isCommit: boolean
}

/** A PublicMessage. Its signature is noise: nobody outside the group has a key that could make one. */
export function publicMessage({ call, epoch, sender, proposal, isCommit }: Said): Bytes {
  const said = joined(u16(proposal.type), proposal.body)
  // Commit: a vector of ProposalOrRef, here one proposal by value, and no path.
  const content = isCommit ? joined(vector(joined(Uint8Array.of(1), said)), Uint8Array.of(0)) : said
  const framed = joined(group(call, epoch), senderOf(sender), vector(new Uint8Array()), Uint8Array.of(isCommit ? 3 : 2), content)
  const tags = joined(vector(randomBytes(64)), ...(isCommit ? [vector(randomBytes(48))] : []), vector(randomBytes(48)))
  return joined(Uint8Array.of(0, 1, 0, 1), framed, tags)
}

/** A PrivateMessage of this content type whose sealed parts are noise: 1 application, 2 proposal, 3 commit. */
export function privateNoise(call: string, epoch: number, contentType: number): Bytes {
  const sealed = joined(vector(new Uint8Array()), vector(randomBytes(28)), vector(randomBytes(400)))
  return joined(Uint8Array.of(0, 1, 0, 2), group(call, epoch), Uint8Array.of(contentType), sealed)
}

function group(call: string, epoch: number): Bytes {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(epoch))
  return joined(vector(fromBase64url(call) ?? new Uint8Array()), bytes)
}

function senderOf(sender: Sender): Bytes {
  if (typeof sender === "object") return Uint8Array.of(1, 0, 0, 0, sender.leaf)
  return sender === "external" ? Uint8Array.of(2, 0, 0, 0, 0) : Uint8Array.of(sender === "new-member-proposal" ? 3 : 4)
}

const u16 = (value: number): Bytes => Uint8Array.of(value >> 8, value & 255)

/** With its length in front, as RFC 9420 section 2.1.2 writes it. */
function vector(bytes: Uint8Array): Bytes {
  const { length } = bytes
  return joined(length < 64 ? Uint8Array.of(length) : Uint8Array.of(0x40 | (length >> 8), length & 255), bytes)
}
