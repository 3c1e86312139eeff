/** What this page knows of the call it is in beside the machine: what changed since, what was compared, whom it knows. */

import type { InView, Person } from "@conclave/call"
import { nobody, viewOf } from "@conclave/collab"
import { isConfusable } from "@conclave/crypto/identity"
import type { MemberId } from "@conclave/wire"
import type { SoundOut } from "../adapters/sound-out.ts"
import type { RoomView } from "../view/room.ts"
import type { KeyChange } from "../view/security.ts"
import { Acquaintances } from "./acquaintances.ts"
import type { CallRun } from "./call-run.ts"
import { callViewOf, type CallParts } from "./call-view.ts"
import { Comparing } from "./comparing.ts"
import type { DeviceActs, Rights } from "./device-acts.ts"
import { Doings } from "./doings.ts"
import { Gathering } from "./gathering.ts"
import { firstState } from "./own-state.ts"
import { keyChangeOf } from "./key-change.ts"
import type { News } from "./news.ts"
import type { OwnMedia } from "./own-media.ts"
import { strikeOut } from "./own-revocations.ts"
import { OwnVoice } from "./own-voice.ts"
import { maySend } from "./received-media.ts"
import { refusalAfter } from "./refused.ts"
import { rulesViewOf } from "./room-rules.ts"
import { ruleChanges } from "./rule-news.ts"
import { securityViewOf } from "./security-view.ts"
import { settingsDevicesOf } from "./settings-devices.ts"
import type { SigningIn } from "./signing-in.ts"
import { largeAt, nobodyLarge } from "./speaker.ts"
import { Speaking } from "./speaking.ts"
import { Statistics } from "./statistics.ts"
import { measuredIn } from "./measured.ts"
import { likenesses, type WhoParts } from "./who.ts"

export interface InCallParts {
  readonly media: OwnMedia
  readonly sound: SoundOut
  readonly news: News
  readonly devices: DeviceActs
  readonly signingIn: SigningIn
  readonly changed: () => void
}

export class InCall {
  readonly doings: Doings
  readonly #parts: InCallParts
  readonly #acquaintances: Acquaintances
  readonly #comparing = new Comparing()
  /** Leaves whose frames came and did not open. */
  readonly #unopened = new Set<number>()
  #gathering: Gathering | undefined
  #speaking: Speaking | undefined
  #voice: OwnVoice | undefined
  #statistics: Statistics | undefined
  #large = nobodyLarge
  #view: InView | undefined
  #keysChanged: { at: number; why: KeyChange } = { at: 0, why: { kind: "founded" } }
  /** The last refusal of the machine that was shown. */
  #refusalSeen = 0

  constructor(room: string, parts: InCallParts) {
    this.#parts = parts
    this.#acquaintances = new Acquaintances(room, {
      changed: parts.changed,
      newDevice: ({ name }) => {
        parts.news.tell({ kind: "new-device", name })
      },
    })
    this.doings = new Doings({ ...parts, rights: () => this.rights(), gathering: () => this.#gathering, view: () => this.#view })
  }

  /** As the machine last had it; undefined outside a call. */
  get view(): InView | undefined {
    return this.#view
  }

  /** `run` gives the run of the moment: a rejoin has another one. */
  begin(run: () => CallRun | undefined): void {
    const { changed, media } = this.#parts
    this.#speaking = new Speaking(changed)
    const gathering = this.#gather(run)
    const voice = new OwnVoice(() => {
      gathering.act({ type: "own-speaking", is: voice.isSpeaking })
      changed()
    })
    this.#voice = voice
    this.#voice.listen(media.track("microphone"))
    this.#statistics = new Statistics({
      read: () => run()?.readLink() ?? Promise.resolve(undefined),
      members: () => measuredIn(run(), this.#view),
      isUp: () => run()?.sfuState() === "connected",
      sent: () => run()?.counts().sent ?? 0,
      changed,
    })
  }

  #gather(run: () => CallRun | undefined): Gathering {
    const { changed, news } = this.#parts
    const gathering = new Gathering(
      {
        say: (fact) => run()?.ask(fact),
        tell: (what) => {
          news.tell(what)
        },
        changed: () => {
          const { spoke, vp9 } = gathering.view
          run()?.heedSpeakers(spoke)
          run()?.heedCodecs(vp9)
          changed()
        },
      },
      firstState(),
    )
    this.#gathering = gathering
    return gathering
  }

  /** A member said something inside the group (D34.11). */
  hear(from: MemberId, body: string): void {
    this.#gathering?.hear(from, body)
    // Who can be heard has nothing to answer.
    if (this.#parts.media.state("microphone") === "on") this.#gathering?.answered()
  }

  end(): void {
    this.#view = undefined
    this.#refusalSeen = 0
    this.#large = nobodyLarge
    for (const part of [this.#gathering, this.#speaking, this.#voice, this.#statistics]) part?.close()
    this.#gathering = this.#speaking = this.#voice = this.#statistics = undefined
    this.#parts.sound.play(new Map())
  }

  compare(doMatch: boolean): void {
    if (doMatch) {
      this.#comparing.matched(this.#view)
      this.#parts.news.tell({ kind: "compared" })
    } else this.#comparing.differed()
    this.#parts.changed()
  }

  misread(): void {
    this.#comparing.forgetDifference()
    this.#parts.changed()
  }

  verify(id: string): void {
    const person = this.#personOf(id)
    if (person !== undefined) this.#acquaintances.verify(person)
  }

  forgetVerified(id: string): void {
    const person = this.#personOf(id)
    if (person !== undefined) this.#acquaintances.forget(person)
  }

  async revokeDevice(device: string): Promise<void> {
    const self = this.#view?.self
    if (self !== undefined && (await strikeOut(self, device))) this.#parts.news.tell({ kind: "device-lost" })
    this.#parts.changed()
  }

  #personOf(id: string): Person | undefined {
    return this.#view?.members.find(({ member }) => member === id)?.person
  }

  /** The machine, the workers or the SFU link have something new of the call. */
  rosterChanged(run: CallRun, view: InView): void {
    const before = this.#view
    const why = keyChangeOf(before, view)
    if (why !== undefined) this.#keysChanged = { at: performance.now(), why }
    const isSameRoster = before?.members.length === view.members.length && why?.kind !== "rejoined"
    if (!isSameRoster) this.#comparing.forgetDifference()
    this.#view = view
    this.#tellRules(before, view)
    this.#showRefusal(view)
    this.#parts.devices.obeyRights()
    this.#acquaintances.meet(view.self, othersIn(view))
    const { heard, spoken } = soundIn(run, view)
    this.#parts.sound.play(heard)
    this.#gathering?.heed(view)
    this.#speaking?.listen(spoken)
    this.#voice?.listen(this.#parts.media.track("microphone"))
    const { refused } = run.counts()
    for (const leaf of Object.keys(refused)) this.#unopened.add(Number(leaf))
  }

  /** Rules changed: one line, with who did it. */
  #tellRules(before: InView | undefined, view: InView): void {
    if (before?.call !== view.call) return
    const nameOf = (device: string) => view.members.find(({ person }) => person?.device === device)?.person?.name
    const [change] = ruleChanges(before.policy, view.policy, nameOf)
    if (change === undefined) return
    const notice = view.notices.findLast(({ kind }) => kind === "policy")
    const by = notice?.kind === "policy" ? notice.by : undefined
    this.#parts.news.tell({ kind: "rule", by: by?.name, isOwn: by?.device === view.self.device, change })
  }

  #showRefusal(view: InView): void {
    const refusal = refusalAfter(view.notices, this.#refusalSeen)
    if (refusal === undefined) return
    this.#refusalSeen = refusal.number
    this.#parts.devices.set(refusal.notice, true)
  }

  /** What this person may send, by the policy in force. Outside a call nothing is sent, so everything may be switched. */
  rights(): Rights {
    const view = this.#view
    if (view === undefined) return { role: "member", mayShare: true, hosts: [] }
    return { role: view.role, mayShare: maySend(view.role, "screen", view.policy.share), hosts: hostsIn(view) }
  }

  screen(run: CallRun, view: InView): RoomView {
    const { media, news, signingIn } = this.#parts
    const now = performance.now()
    const who = this.#who(view)
    this.#large = largeAt(this.#large, speakingIn(view, this.#speaking), now)
    const call = callViewOf(view, {
      link: location.href,
      now,
      sfu: run.sfuState(),
      isAudioOnly: run.isAudioOnly,
      together: { gathering: this.#gathering?.view ?? viewOf(nobody), asker: this.#gathering?.asker },
      isPushedToTalk: this.doings.isPushedToTalk,
      networkNotices: (now) => this.doings.network.of(now),
      isTalkingMuted: this.#voice?.isTalkingMuted ?? false,
      speaker: this.#large.shown,
      qualityOf: (member) => this.#statistics?.qualityOf(member),
      trackOf: (member, kind) => run.trackOf(member, kind),
      isSealed: (leaf) => this.#unopened.has(leaf),
      isSpeaking: (member) => this.#speaking?.has(member) ?? false,
      ...ownDevices(media, view.self.name),
      sharing: media.sharing,
      news: news.latest(view.notices, now),
      notices: news.notices,
      hasDiffered: this.#comparing.hasDiffered,
      who,
    })
    const security = securityViewOf(view, {
      origin: location.origin,
      now,
      counts: run.counts(),
      keysChanged: this.#keysChanged,
      comparison: this.#comparing.verdict(view),
      who,
      pairDigits: (person) => this.#acquaintances.pairDigits(person),
      devices: this.#acquaintances.ownDevices(othersIn(view)),
    })
    return {
      screen: "call",
      call,
      security,
      rules: rulesViewOf(view.policy, { hosts: hostsIn(view), offered: signingIn.offered }),
      statistics: this.#statistics?.source ?? { subscribe: () => () => undefined },
      devices: settingsDevicesOf(media),
    }
  }

  #who(view: InView): WhoParts {
    const present = [...othersIn(view), view.self, ...view.atDoor.map(({ person }) => person)]
    const like = likenesses(present, isConfusable)
    return { knownAs: (person) => this.#acquaintances.knownAs(person), looksLike: ({ device }) => like.get(device) }
  }
}

/** This person's own devices and face, as call and door show them. */
export function ownDevices(media: OwnMedia, name: string): Pick<CallParts, "microphone" | "camera" | "self"> {
  const picture = media.picture()
  return {
    microphone: media.state("microphone"),
    camera: media.state("camera"),
    self: { name, ...(picture === undefined ? {} : { picture }) },
  }
}

/** Ids of the others, and of those among them who speak. */
function speakingIn({ members }: InView, speaking: Speaking | undefined): Parameters<typeof largeAt>[1] {
  const present = members.flatMap(({ member, isSelf }) => (isSelf ? [] : [member]))
  return { present, speaking: present.filter((member) => speaking?.has(member) === true) }
}

/** What is played, and who can be heard speaking. Sound under no name is as wrong as a picture under no name (D23). */
function soundIn(run: CallRun, view: InView) {
  const heard = new Map<string, MediaStreamTrack>()
  const spoken = new Map<string, MediaStreamTrack>()
  for (const { member, isSelf, person } of view.members) {
    if (isSelf || person === undefined) continue
    for (const kind of ["microphone", "screen-audio"] as const) {
      const track = run.trackOf(member, kind)
      if (track !== undefined) heard.set(`${member}/${kind}`, track)
      if (track !== undefined && kind === "microphone") spoken.set(member, track)
    }
  }
  return { heard, spoken }
}

/** Named people of the roster but this one. */
const othersIn = ({ members }: InView): readonly Person[] =>
  members.flatMap(({ person, isSelf }) => (isSelf || person === undefined ? [] : [person]))

/** Names of the hosts who are here, whom one can ask. */
const hostsIn = ({ members }: InView): readonly string[] =>
  members.flatMap(({ person, role, isSelf }) => (role === "host" && !isSelf && person !== undefined ? [person.name] : []))
