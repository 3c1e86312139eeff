/** One visit to a room, from its address to leaving: joins lobby, call and the states between them into one view. */

import type { CallView as MachineView, InView, MediaState } from "@conclave/call"
import { deriveAccess, parseFragment } from "@conclave/crypto/room"
import { parseRoomId, type MemberId, type RoomId } from "@conclave/wire"
import { SoundOut } from "../adapters/sound-out.ts"
import type { MediaKind } from "../frame-worker/messages.ts"
import type { NoticeView } from "../view/call.ts"
import type { RoomActions, RoomAddress, RoomSession, RoomView } from "../view/room.ts"
import type { RulesView } from "../view/rules.ts"
import type { KeyChange } from "../view/security.ts"
import type { StateAction, StateView } from "../view/state.ts"
import type { CallRun } from "./call-run.ts"
import { callViewOf } from "./call-view.ts"
import { factsOf } from "./facts.ts"
import { keyChangeOf } from "./key-change.ts"
import { Lobby } from "./lobby.ts"
import { News } from "./news.ts"
import { OwnMedia } from "./own-media.ts"
import { roomActions } from "./room-actions.ts"
import { SigningIn } from "./signing-in.ts"
import { rememberReturn, returningTo, type Returning } from "./returning.ts"
import { securityViewOf } from "./security-view.ts"
import { Speaking } from "./speaking.ts"
import { stateOf } from "./state-view.ts"
import { missingFeature } from "./support.ts"
import { takeTabLock, type TabLock } from "./tab-lock.ts"

const linkCopiedMs = 3_000
const tickMs = 1_000

const rulesOfToday: RulesView = {
  rules: {
    waitingRoom: false,
    isLocked: false,
    joinBeforeHost: true,
    share: "everyone",
    joinAs: "member",
    minimumLevel: "guest",
    isSingleUse: false,
  },
  canEdit: false,
  hosts: [],
  organisations: [],
}

/** Where the visit is. `blocked`: nothing to do but what the state offers. */
type Stage = { readonly at: "lobby" } | { readonly at: "call" } | { readonly at: "blocked"; readonly state: StateView }

export class Visit implements RoomSession {
  readonly actions: RoomActions
  readonly #address: RoomAddress
  readonly #lobby = new Lobby()
  readonly #media: OwnMedia
  readonly #sound: SoundOut
  readonly #signingIn: SigningIn
  readonly #listeners = new Set<() => void>()
  #speaking: Speaking | undefined
  #stage: Stage = { at: "blocked", state: { kind: "connecting" } }
  #run: CallRun | undefined
  #lock: TabLock | undefined
  #joinedAs: Returning | undefined
  #before: InView | undefined
  #keysChanged: { at: number; why: KeyChange } = { at: 0, why: { kind: "founded" } }
  #compared = new Set<MemberId>()
  #hasDiffered = false
  readonly #news = new News()
  #refusedAt = new Map<number, number>()
  #view: RoomView = { screen: "state", state: { kind: "connecting" } }
  #isStale = false
  #timer: ReturnType<typeof setInterval>

  constructor(address: RoomAddress) {
    this.#address = address
    const changed = (): void => {
      this.#changed()
    }
    this.#media = new OwnMedia({
      changed,
      trackChanged: (kind, track) => {
        this.#trackChanged(kind, track)
      },
    })
    this.#sound = new SoundOut((isBlocked) => {
      this.#setNotice({ kind: "sound-blocked" }, isBlocked)
    })
    this.#signingIn = new SigningIn(changed)
    this.actions = roomActions(this.#media, {
      changed,
      typeName: (name) => {
        this.#lobby.typeName(name)
      },
      vouch: (id) => {
        this.#signingIn.signIn(id)
      },
      join: () => {
        this.#joinAsTyped()
      },
      chooseSpeaker: (id) => {
        this.#sound.chooseSpeaker(id)
      },
      toggle: (device) => void this.#toggle(device),
      toggleShare: () => void this.#toggleShare(),
      copyLink: () => void this.#copyLink(),
      copyDetails: () => void this.#copyDetails(),
      leave: () => {
        this.#leave()
      },
      answer: (notice, answer) => {
        this.#answer(notice, answer)
      },
      compare: (doMatch) => {
        this.#compare(doMatch)
      },
      remove: (member) => {
        this.#run?.remove(member)
      },
      act: (action) => {
        this.#act(action)
      },
    })
    // Minutes, countdowns and lines that fade move with this clock; nothing is decided by it.
    this.#timer = setInterval(changed, tickMs)
    globalThis.__conclave = { facts: () => this.#facts() }
    void this.#open()
  }

  subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed)
    return () => {
      this.#listeners.delete(changed)
    }
  }

  view = (): RoomView => {
    if (this.#isStale) {
      this.#isStale = false
      this.#view = this.#makeView()
    }
    return this.#view
  }

  close = (): void => {
    clearInterval(this.#timer)
    this.#endCall()
    this.#media.close()
    this.#sound.close()
    this.#signingIn.close()
  }

  async #open(): Promise<void> {
    const missing = await missingFeature()
    if (missing !== undefined) return this.#block({ kind: "unsupported", missing })
    if (parseRoomId(this.#address.room) === undefined || parseFragment(this.#address.fragment) === undefined)
      return this.#block({ kind: "cut-link" })
    void this.#signingIn.start()
    const returning = returningTo(this.#address.room)
    if (returning === undefined) {
      this.#stage = { at: "lobby" }
      this.#changed()
      await this.#media.start()
      return
    }
    if (returning.camera) void this.#media.turnOn("camera")
    if (returning.microphone) void this.#media.turnOn("microphone")
    await this.#join(returning.name, { isReload: true })
  }

  #joinAsTyped(): void {
    const name = this.#lobby.acceptName()
    if (name === undefined) this.#changed()
    else void this.#join(name)
  }

  #compare(doMatch: boolean): void {
    this.#hasDiffered = !doMatch
    if (doMatch) {
      for (const { member } of this.#before?.members ?? []) this.#compared.add(member)
      this.#news.tell({ kind: "compared" })
    }
    this.#changed()
  }

  async #join(name: string, { steal = false, isReload = false } = {}): Promise<void> {
    this.#lobby.isJoining = true
    this.#changed()
    this.#lock ??= await takeTabLock(this.#address.room, {
      steal,
      isReload,
      lost: () => {
        this.#lock = undefined
        this.#block({ kind: "moved-away" })
      },
    })
    this.#lobby.isJoining = false
    this.#joinedAs = { name, camera: this.#media.state("camera") === "on", microphone: this.#media.state("microphone") === "on" }
    if (this.#lock === undefined) return this.#block({ kind: "other-tab" })
    const room = parseRoomId(this.#address.room)
    const parts = parseFragment(this.#address.fragment)
    if (room === undefined || parts === undefined) return this.#block({ kind: "cut-link" })
    await this.#begin(room, await deriveAccess(parts.secret, room), name)
    parts.secret.wipe()
  }

  async #begin(room: RoomId, access: Uint8Array, name: string): Promise<void> {
    // LiveKit's SDK and the workers are fetched now, not with the lobby.
    const { CallRun } = await import("./call-run.ts")
    this.#endRun()
    this.#speaking = new Speaking(() => {
      this.#changed()
    })
    const { fragment } = this.#address
    this.#run = new CallRun(
      { room, fragment, access, name, media: this.#mediaState() },
      {
        changed: () => {
          this.#callChanged()
        },
        failed: (state) => {
          this.#block(state)
        },
      },
    )
    for (const kind of ["microphone", "camera", "screen", "screen-audio"] as const) this.#run.setTrack(kind, this.#media.track(kind))
    this.#stage = { at: "call" }
    this.#callChanged()
  }

  /** Something in the machine, the workers or the SFU link has changed. */
  #callChanged(): void {
    const run = this.#run
    if (run === undefined) return
    const view = run.view()
    if ("members" in view) this.#rosterChanged(run, view)
    else if (view.phase === "ended" || view.phase === "removed" || view.phase === "failed") this.#finish(view)
    this.#changed()
  }

  #rosterChanged(run: CallRun, view: InView): void {
    const why = keyChangeOf(this.#before, view)
    if (why !== undefined) this.#keysChanged = { at: performance.now(), why }
    const isSameRoster = this.#before?.members.length === view.members.length && why?.kind !== "rejoined"
    if (!isSameRoster) this.#hasDiffered = false
    this.#before = view
    if (this.#joinedAs !== undefined) rememberReturn(this.#address.room, this.#joinedAs)
    const heard = new Map<string, MediaStreamTrack>()
    const spoken = new Map<string, MediaStreamTrack>()
    for (const { member, isSelf, person } of view.members) {
      // Sound under no name is as wrong as a picture under no name (D23).
      if (isSelf || person === undefined) continue
      for (const kind of ["microphone", "screen-audio"] as const) {
        const track = run.trackOf(member, kind)
        if (track !== undefined) heard.set(`${member}/${kind}`, track)
        if (track !== undefined && kind === "microphone") spoken.set(member, track)
      }
    }
    this.#sound.play(heard)
    this.#speaking?.listen(spoken)
    const { refused } = run.counts()
    for (const leaf of Object.keys(refused).map(Number)) if (!this.#refusedAt.has(leaf)) this.#refusedAt.set(leaf, performance.now())
  }

  /** The machine has stopped for good. */
  #finish(view: Extract<MachineView, { phase: "ended" | "removed" | "failed" }>): void {
    const minutes = this.#before === undefined ? 0 : Math.floor((performance.now() - this.#before.since) / 60_000)
    this.#block(stateOf(view, performance.now(), minutes))
  }

  #makeView(): RoomView {
    switch (this.#stage.at) {
      case "blocked":
        return { screen: "state", state: this.#stage.state }
      case "lobby":
        return { screen: "lobby", lobby: this.#lobby.view(location.href, this.#media, this.#signingIn.views()) }
      case "call":
        return this.#callScreen()
    }
  }

  #callScreen(): RoomView {
    const run = this.#run
    const view = run?.view() ?? { phase: "idle" as const }
    const now = performance.now()
    if (run === undefined || !("members" in view)) return { screen: "state", state: stateOf(view as Exclude<MachineView, InView>, now, 0) }
    const counts = run.counts()
    const comparison = this.#hasDiffered ? "differ" : this.#isCompared(view) ? "match" : "open"
    const picture = this.#media.picture()
    const call = callViewOf(view, {
      link: location.href,
      now,
      sfu: run.sfuState(),
      trackOf: (member, kind) => run.trackOf(member, kind),
      isSealed: (leaf) => this.#refusedAt.has(leaf),
      isSpeaking: (member) => this.#speaking?.has(member) ?? false,
      microphone: this.#media.state("microphone"),
      camera: this.#media.state("camera"),
      sharing: this.#media.sharing,
      self: { name: view.self.name, ...(picture === undefined ? {} : { picture }) },
      news: this.#news.latest(view.notices, now),
      notices: this.#news.notices,
      hasDiffered: this.#hasDiffered,
    })
    const security = securityViewOf(view, { now, counts, keysChanged: this.#keysChanged, comparison })
    return { screen: "call", call, security, rules: rulesOfToday }
  }

  #isCompared(view: InView): boolean {
    return view.members.length > 1 && view.members.every(({ member, isSelf }) => isSelf || this.#compared.has(member))
  }

  #trackChanged(kind: MediaKind, track: MediaStreamTrack | undefined): void {
    this.#run?.setTrack(kind, track)
    this.#run?.mediaChanged(this.#mediaState())
    if (this.#joinedAs !== undefined) {
      const { microphone, camera } = this.#mediaState()
      this.#joinedAs = { ...this.#joinedAs, microphone, camera }
      if (this.#before !== undefined) rememberReturn(this.#address.room, this.#joinedAs)
    }
  }

  #mediaState(): MediaState {
    return {
      microphone: this.#media.track("microphone")?.enabled ?? false,
      camera: this.#media.track("camera") !== undefined,
      screen: this.#media.track("screen") !== undefined,
    }
  }

  #act(action: StateAction): void {
    switch (action) {
      case "retry":
        this.#retry()
        return
      case "leave":
        this.#leave()
        return
      case "back-to-start":
        location.assign("/")
        return
      case "new-meeting":
        location.assign("/new")
        return
      case "reload":
        location.reload()
        return
      case "copy-link":
        void this.#copyLink()
        return
      case "move-here":
        if (this.#joinedAs !== undefined) void this.#join(this.#joinedAs.name, { steal: true })
        return
      case "sign-in":
        // Where one signs in is the lobby: the window must open in a press of its own.
        this.#joinedAs = undefined
        this.#rejoin()
        return
      case "rejoin":
      case "join-without":
        this.#rejoin()
        return
      case "go-on":
        this.#hasDiffered = false
        this.#changed()
    }
  }

  #retry(): void {
    if (this.#run !== undefined) this.#run.tryNow()
    else this.#rejoin()
  }

  #rejoin(): void {
    if (this.#joinedAs === undefined) {
      this.#stage = { at: "lobby" }
      this.#changed()
    } else void this.#join(this.#joinedAs.name)
  }

  #leave(): void {
    rememberReturn(this.#address.room, undefined)
    this.#joinedAs = undefined
    if (this.#run === undefined) this.#block({ kind: "left", minutes: 0 })
    else this.#run.leave()
  }

  async #copyLink(): Promise<void> {
    const isCopied = await navigator.clipboard.writeText(location.href).then(
      () => true,
      () => false,
    )
    this.#lobby.isLinkCopied = isCopied
    this.#news.tell({ kind: isCopied ? "link-copied" : "link-not-copied" })
    this.#changed()
    setTimeout(() => {
      this.#lobby.isLinkCopied = false
      this.#changed()
    }, linkCopiedMs)
  }

  #setNotice(notice: NoticeView, isOn: boolean): void {
    if (this.#news.setNotice(notice, isOn)) this.#changed()
  }

  async #toggle(device: "camera" | "microphone"): Promise<void> {
    await this.#media.toggle(device)
    const state = this.#media.state(device)
    this.#setNotice({ kind: `${device}-denied` }, state === "denied")
    this.#setNotice({ kind: `${device}-missing` }, state === "missing")
    this.#setNotice({ kind: "device-busy", device }, state === "busy")
  }

  async #toggleShare(): Promise<void> {
    this.#setNotice({ kind: "share-failed" }, (await this.#media.toggleShare()) === "failed")
  }

  #answer(notice: NoticeView, answer: "retry" | "dismiss"): void {
    this.#setNotice(notice, false)
    if (answer === "dismiss") return
    if (notice.kind === "sound-blocked") void this.#sound.unblock()
    if (notice.kind === "share-failed") void this.#toggleShare()
    if (notice.kind === "camera-denied" || notice.kind === "camera-missing") void this.#toggle("camera")
    if (notice.kind === "microphone-denied" || notice.kind === "microphone-missing") void this.#toggle("microphone")
    if (notice.kind === "device-busy") void this.#toggle(notice.device)
  }

  async #copyDetails(): Promise<void> {
    const { view } = this
    const screen = view()
    if (screen.screen !== "call") return
    const { words, digits, details } = screen.security
    const lines = [
      `group ${details.group}`,
      `epoch ${details.epoch}`,
      `words ${words.join(" ")}`,
      `digits ${digits}`,
      `outside window ${details.outsideWindow}`,
    ]
    await navigator.clipboard.writeText(lines.join("\n")).catch(() => undefined)
  }

  #facts(): ReturnType<typeof factsOf> {
    const run = this.#run
    const view = run?.view()
    const inView = view !== undefined && "members" in view ? view : undefined
    return factsOf({
      phase: this.#stage.at === "call" ? (view?.phase ?? "idle") : this.#stage.at === "blocked" ? this.#stage.state.kind : this.#stage.at,
      view: inView,
      counts: run?.counts() ?? { type: "counts", sent: 0, received: 0, refused: {}, outsideWindow: 0 },
      sfu: run?.sfuState() ?? "none",
      receiverOf: (member, kind) => run?.receiverOf(member, kind),
    })
  }

  #block(state: StateView): void {
    this.#endCall()
    this.#stage = { at: "blocked", state }
    this.#changed()
  }

  #endCall(): void {
    this.#endRun()
    this.#lock?.release()
    this.#lock = undefined
  }

  #endRun(): void {
    this.#run?.close()
    this.#run = undefined
    this.#before = undefined
    this.#speaking?.close()
    this.#speaking = undefined
    this.#sound.play(new Map())
  }

  #changed(): void {
    this.#isStale = true
    for (const listener of this.#listeners) listener()
  }
}
