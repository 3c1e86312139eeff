/**
 * `__conclave.facts()`: what this page shows, for tests and for people who check. Numbers and words that stand on the
 * screen anyway; no key, no link, no way to change anything.
 */

import type { InView, PolicyView } from "@conclave/call"
import type { MemberId } from "@conclave/wire"
import type { Counts, MediaKind } from "../frame-worker/messages.ts"

export interface TileFact {
  readonly leaf: number
  readonly kind: MediaKind
  readonly name: string | undefined
  readonly framesDecoded: number
  /** Sum of energy of decoded sound; rises only while something is heard. */
  readonly audioEnergy: number
}

export interface MemberFact {
  readonly leaf: number
  readonly name: string | undefined
  readonly role: string | undefined
  /** By the signed policy's identity providers, checked on this device. */
  readonly level: string | undefined
  readonly issuer: string | undefined
}

export interface Facts {
  readonly phase: string
  readonly call: string | undefined
  readonly epoch: number | undefined
  readonly words: readonly string[]
  readonly members: readonly MemberFact[]
  readonly tiles: readonly TileFact[]
  readonly counts: Omit<Counts, "type">
  readonly sfu: string
  readonly isPaused: boolean
  /** This person's own, by the signed policy; undefined outside a call. */
  readonly role: string | undefined
  readonly isSuccessor: boolean
  readonly canTakeOver: boolean
  /** Of the policy in force: what people can read in the room panel, and its version. */
  readonly policy: PolicyFact | undefined
  /** Names of who waits for this person's decision, longest first. */
  readonly atDoor: readonly string[]
  readonly blocked: readonly (string | undefined)[]
}

export type PolicyFact = Pick<
  PolicyView,
  | "kind"
  | "version"
  | "secretVersion"
  | "waitingRoom"
  | "isLocked"
  | "joinBeforeHost"
  | "joinAs"
  | "share"
  | "minimumLevel"
  | "isSingleUse"
  | "expiry"
  | "topic"
>

export interface FactSources {
  readonly phase: string
  readonly view: InView | undefined
  readonly counts: Counts
  readonly sfu: string
  readonly receiverOf: (member: MemberId, kind: MediaKind) => RTCRtpReceiver | undefined
}

const kinds: readonly MediaKind[] = ["microphone", "camera", "screen", "screen-audio"]

export async function factsOf({ phase, view, counts, sfu, receiverOf }: FactSources): Promise<Facts> {
  const members = view?.members ?? []
  const tiles = await Promise.all(
    members.flatMap(({ member, leaf, person }) =>
      kinds.flatMap((kind) => {
        const receiver = receiverOf(member, kind)
        return receiver === undefined ? [] : [tileFact(receiver).then((numbers) => ({ leaf, kind, name: person?.name, ...numbers }))]
      }),
    ),
  )
  const { sent, received, refused, outsideWindow } = counts
  return {
    phase,
    call: view?.call,
    epoch: view?.epoch,
    words: view?.words ?? [],
    members: members.map(({ leaf, person, role }) => ({
      leaf,
      name: person?.name,
      role,
      level: person?.level,
      issuer: person?.issuer,
    })),
    tiles,
    counts: { sent, received, refused, outsideWindow },
    sfu,
    isPaused: view?.isPaused ?? false,
    ...hostingFacts(view),
  }
}

function hostingFacts(view: InView | undefined): Pick<Facts, "role" | "isSuccessor" | "canTakeOver" | "policy" | "atDoor" | "blocked"> {
  if (view === undefined) return { role: undefined, isSuccessor: false, canTakeOver: false, policy: undefined, atDoor: [], blocked: [] }
  const { role, policy, canTakeOver, self } = view
  const { kind, version, secretVersion, waitingRoom, isLocked, joinBeforeHost, joinAs, share, minimumLevel, isSingleUse, expiry, topic } =
    policy
  const rules = { kind, version, secretVersion, waitingRoom, isLocked, joinBeforeHost, joinAs, share, minimumLevel, isSingleUse }
  return {
    role,
    isSuccessor: policy.successors.includes(self.device),
    canTakeOver,
    policy: { ...rules, ...(expiry === undefined ? {} : { expiry }), ...(topic === undefined ? {} : { topic }) },
    atDoor: view.atDoor.map(({ person }) => person.name),
    blocked: view.blocked.map(({ name }) => name),
  }
}

async function tileFact(receiver: RTCRtpReceiver): Promise<Pick<TileFact, "framesDecoded" | "audioEnergy">> {
  const stats = await receiver.getStats()
  for (const report of stats.values() as Iterable<Record<string, unknown>>) {
    if (report["type"] !== "inbound-rtp") continue
    return { framesDecoded: Number(report["framesDecoded"] ?? 0), audioEnergy: Number(report["totalAudioEnergy"] ?? 0) }
  }
  return { framesDecoded: 0, audioEnergy: 0 }
}

declare global {
  var __conclave: { facts(): Promise<Facts> } | undefined
}
