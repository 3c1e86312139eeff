/** What a call looks like: the machine's roster, with the pictures that opened under its keys. Pure but for the pictures. */

import type { InView, MemberView } from "@conclave/call"
import type { MemberId } from "@conclave/wire"
import { pictureOf } from "../adapters/picture.ts"
import type { MediaKind } from "../frame-worker/messages.ts"
import type { LinkState } from "../adapters/sfu/media-link.ts"
import type { CallView, NewsView, NoticeView, Quality, SealView, ShareView, TilePicture, TileView } from "../view/call.ts"
import type { DeviceState } from "../view/device.ts"
import type { Picture } from "../view/picture.ts"
import type { StateView } from "../view/state.ts"
import { doorOf } from "./door-view.ts"
import type { NetworkNow } from "./network-notice.ts"
import { maySend } from "./received-media.ts"
import { tileTogether, togetherOf, type TogetherParts } from "./together.ts"
import { whoOf, type WhoParts } from "./who.ts"

/** Without the server this long, and without media, this device is cut off; before that nothing is to be seen of it. */
const cutOffMs = 3_000
/** Without the server this long, others count us as silent, whatever still flows (D13). */
const unheardMs = 15_000

/** Everything beside the machine that the screen shows. */
export interface CallParts {
  readonly link: string
  readonly now: number
  readonly sfu: LinkState
  readonly isAudioOnly: boolean
  readonly together: TogetherParts
  readonly isPushedToTalk: boolean
  readonly networkNotices: (now: NetworkNow) => readonly NoticeView[]
  readonly isTalkingMuted: boolean
  /** Whom the speaker layout shows large. */
  readonly speaker: string | undefined
  readonly qualityOf: (member: MemberId) => Quality | undefined
  readonly trackOf: (member: MemberId, kind: MediaKind) => MediaStreamTrack | undefined
  /** Frames of this leaf arrive and do not open. */
  readonly isSealed: (leaf: number) => boolean
  readonly isSpeaking: (member: MemberId) => boolean
  readonly microphone: DeviceState
  readonly camera: DeviceState
  readonly sharing: CallView["sharing"]
  readonly self: { readonly name: string; readonly picture?: Picture }
  readonly news: NewsView | undefined
  readonly notices: readonly NoticeView[]
  readonly hasDiffered: boolean
  readonly who: WhoParts
}

export function callViewOf(view: InView, parts: CallParts): CallView {
  const others = view.members.filter(({ isSelf }) => !isSelf)
  const interruption = interruptionOf(view, parts)
  const { topic } = view.policy
  return {
    ...(topic === undefined ? {} : { topic }),
    link: parts.link,
    ...(view.policy.kind === "link" ? {} : { isHanded: true }),
    seal: sealOf(view, parts),
    minutes: Math.floor((parts.now - view.since) / 60_000),
    tiles: others.map((member) => tileOf(member, parts)),
    door: doorOf(view, parts.who),
    role: view.role,
    shares: sharesOf(others, parts),
    selfId: view.member,
    ...togetherOf(view, parts.together),
    isTalkingMuted: parts.isTalkingMuted,
    ...(parts.speaker === undefined ? {} : { speaker: parts.speaker }),
    ...qualityIn(view.member, parts),
    isPushedToTalk: parts.isPushedToTalk,
    isAudioOnly: parts.isAudioOnly,
    canModerate: view.role === "host" || view.role === "co-host",
    microphone: { state: parts.microphone },
    camera: { state: parts.camera },
    sharing: sharingOf(view, parts.sharing),
    self: parts.self,
    ...(parts.news === undefined ? {} : { news: parts.news }),
    notices: noticesOf(view, parts),
    ...(interruption === undefined ? {} : { interruption }),
  }
}

/** D4.13: where screens are for hosts, the control says so; who shows one when that changes can still end it. */
function sharingOf({ role, policy }: InView, sharing: CallView["sharing"]): CallView["sharing"] {
  return sharing === "off" && !maySend(role, "screen", policy.share) ? "hosts-only" : sharing
}

function sealOf(view: InView, { hasDiffered, who }: CallParts): SealView {
  if (view.policy.kind === "transport") return { kind: "open" }
  if (view.isPaused || view.alarm !== undefined || hasDiffered) return { kind: "stopped" }
  const strange = view.members.find(({ person, isSelf }) => !isSelf && person !== undefined && who.knownAs(person)?.isKeyChanged === true)
  if (strange?.person !== undefined) return { kind: "check", name: strange.person.name }
  return view.members.length === 1 ? { kind: "alone" } : { kind: "sealed", count: view.members.length }
}

function tileOf(member: MemberView, parts: CallParts): TileView {
  const { person } = member
  if (person === undefined) return { id: member.member, who: { known: false } }
  return {
    id: member.member,
    who: whoOf(person, parts.who),
    picture: tilePicture(member, parts),
    isMuted: isMuted(member),
    ...(member.role === "listener" ? { isListener: true } : {}),
    isSpeaking: parts.isSpeaking(member.member),
    ...qualityIn(member.member, parts),
    ...tileTogether(member, parts.together.gathering),
  }
}

function qualityIn(member: MemberId, { qualityOf }: CallParts): { readonly quality?: Quality } {
  const quality = qualityOf(member)
  return quality === undefined ? {} : { quality }
}

/** By their own word, or because the rules let them only listen. */
export const isMuted = ({ media, role }: MemberView): boolean => media?.microphone === false || role === "listener"

function tilePicture(member: MemberView, parts: CallParts): TilePicture {
  const track = parts.trackOf(member.member, "camera")
  if (member.isQuiet) return track === undefined ? { kind: "lost" } : { kind: "lost", picture: pictureOf(track) }
  if (member.media?.camera === false || member.role === "listener") return { kind: "off" }
  if (parts.isAudioOnly) return { kind: "not-fetched" }
  if (track !== undefined) return { kind: "live", picture: pictureOf(track) }
  return parts.isSealed(member.leaf) ? { kind: "sealed" } : { kind: "waiting" }
}

/** A screen stands there when its owner says in a signed message that it shows one; its picture once frames opened under its key. */
function sharesOf(others: readonly MemberView[], parts: CallParts): ShareView[] {
  return others.flatMap(({ member, person, media }) => {
    if (media?.screen !== true || person === undefined || parts.isAudioOnly) return []
    const track = parts.trackOf(member, "screen")
    return [{ id: `${member}/screen`, member, by: person.name, ...(track === undefined ? {} : { picture: pictureOf(track) }) }]
  })
}

function noticesOf(view: InView, parts: CallParts): NoticeView[] {
  const isAway = parts.sfu === "lost" && view.phase === "in"
  const network = parts.networkNotices({
    quality: parts.qualityOf(view.member),
    isAudioOnly: parts.isAudioOnly,
    awayMs: view.away === undefined ? undefined : parts.now - view.away.since,
    isMediaUp: parts.sfu === "connected",
  })
  return [...parts.notices, ...(isAway ? [{ kind: "sfu-away" } as const] : network)]
}

function interruptionOf(view: InView, { now, sfu, hasDiffered }: CallParts): StateView | undefined {
  if (view.alarm?.kind === "fork" || view.alarm?.kind === "split") {
    const { leaf } = view.alarm
    const name = view.members.find((member) => member.leaf === leaf)?.person?.name
    return name === undefined ? { kind: "fork" } : { kind: "fork", name }
  }
  if (hasDiffered) return { kind: "words-differ" }
  if (view.away !== undefined) {
    const awayMs = now - view.away.since
    const { nextTryAt } = view.away
    if (awayMs > unheardMs || (awayMs > cutOffMs && sfu !== "connected")) {
      return nextTryAt === undefined ? { kind: "cut-off" } : { kind: "cut-off", retryIn: Math.max(0, Math.ceil((nextTryAt - now) / 1000)) }
    }
  }
  return view.isPaused ? { kind: "media-paused", seconds: Math.round(view.silenceWindow / 1000) } : undefined
}
