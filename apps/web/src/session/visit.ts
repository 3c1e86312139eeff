/** One visit to a room, from its address to leaving: joins lobby, call and the states between them into one view. */

import type { CallView as MachineView, InView, MediaState } from "@conclave/call"
import { deriveAccess } from "@conclave/crypto/room"
import { parseRoomId, type RoomId } from "@conclave/wire"
import { SoundOut } from "../adapters/sound-out.ts"
import type { MediaKind } from "../frame-worker/messages.ts"
import type { NewsView } from "../view/call.ts"
import type { LobbyView } from "../view/lobby.ts"
import type { OpenedRoom, RoomActions, RoomSession, RoomView } from "../view/room.ts"
import type { StateAction, StateView } from "../view/state.ts"
import { answerNotice } from "./answer-notice.ts"
import type { CallRun } from "./call-run.ts"
import { AudioOnly } from "./audio-only.ts"
import { copyDetails } from "./copy-details.ts"
import { DeviceActs } from "./device-acts.ts"
import { factsOf } from "./facts.ts"
import { hostingActs } from "./hosting.ts"
import { InCall, ownDevices } from "./in-call.ts"
import { Lobby } from "./lobby.ts"
import { News } from "./news.ts"
import { OwnLink } from "./own-link.ts"
import { OwnMedia } from "./own-media.ts"
import { outsideScreen } from "./outside-call.ts"
import { secretOf } from "./opening.ts"
import { rememberReturn, returningTo, type Returning } from "./returning.ts"
import { roomActions, type Acts } from "./room-actions.ts"
import { setReplaced } from "./replaced.ts"
import { roomSaid } from "./room-said.ts"
import { sameParts } from "./same-parts.ts"
import { SigningIn } from "./signing-in.ts"
import { actOnState } from "./state-acts.ts"
import { stateOf, turnedAway } from "./state-view.ts"
import { missingFeature } from "./support.ts"
import { takeTabLock, type TabLock } from "./tab-lock.ts"

const tickMs = 1_000

/** Where the visit is. `blocked`: nothing to do but what the state offers. */
type Stage = { readonly at: "lobby" } | { readonly at: "call" } | { readonly at: "blocked"; readonly state: StateView }

/** How one goes in. `steal`: from another tab. `token`: an organisation's word (D19). */
interface JoinWay {
  readonly steal?: boolean
  readonly isReload?: boolean
  readonly token: string | undefined
}

export class Visit implements RoomSession {
  readonly actions: RoomActions
  readonly #lobby: Lobby
  readonly #media: OwnMedia
  readonly #sound: SoundOut
  readonly #signingIn: SigningIn
  readonly #link: OwnLink
  readonly #devices: DeviceActs
  readonly #audioOnly: AudioOnly
  readonly #inCall: InCall
  readonly #listeners = new Set<() => void>()
  #stage: Stage = { at: "blocked", state: { kind: "connecting" } }
  #run: CallRun | undefined
  #lock: TabLock | undefined
  #joinedAs: Returning | undefined
  readonly #news = new News()
  #view: RoomView = { screen: "state", state: { kind: "connecting" } }
  #isStale = false
  #timer: ReturnType<typeof setInterval>

  constructor(opened: OpenedRoom) {
    const changed = (): void => {
      this.#changed()
    }
    this.#lobby = new Lobby(changed, opened.kind === "link" ? undefined : opened.person)
    this.#media = new OwnMedia({
      changed,
      trackChanged: (kind, track) => {
        this.#trackChanged(kind, track)
      },
      processing: (what, hasFailed) => {
        this.#devices.set({ kind: `${what}-failed` }, hasFailed)
      },
    })
    this.#sound = new SoundOut((isBlocked) => {
      this.#devices.set({ kind: "sound-blocked" }, isBlocked)
    })
    this.#signingIn = new SigningIn(changed, (name) => {
      this.#lobby.offerName(name)
    })
    const tell = (what: NewsView["what"]): void => {
      this.#news.tell(what)
    }
    this.#link = new OwnLink(opened, { changed, tell })
    this.#devices = new DeviceActs({ media: this.#media, news: this.#news, rights: () => this.#inCall.rights(), changed })
    this.#audioOnly = new AudioOnly({
      media: this.#media,
      toggleShare: () => void this.#devices.toggleShare(),
      heed: (isOn) => this.#run?.setAudioOnly(isOn),
    })
    const around = { media: this.#media, sound: this.#sound, news: this.#news, devices: this.#devices, signingIn: this.#signingIn }
    this.#inCall = new InCall(opened.room, { ...around, changed })
    this.actions = roomActions(this.#media, this.#acts(changed), { ...this.#hosting(), doings: this.#inCall.doings.acts })
    // Minutes, countdowns and lines that fade move with this clock; nothing is decided by it.
    this.#timer = setInterval(changed, tickMs)
    globalThis.__conclave = { facts: () => this.#facts() }
    void this.#open()
  }

  #acts(changed: () => void): Acts {
    return {
      changed,
      typeName: (name) => {
        this.#lobby.typeName(name)
      },
      checkNetwork: () => {
        this.#lobby.checkNetwork()
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
      toggle: (device) => {
        if (device === "camera") this.#audioOnly.end()
        void this.#devices.toggle(device)
      },
      toggleShare: () => {
        this.#audioOnly.end()
        void this.#devices.toggleShare()
      },
      copyLink: () => void this.#link.copy(),
      copyDetails: () => void copyDetails(this.view()),
      show: (shown) => this.#run?.show(shown),
      setAudioOnly: (isAudioOnly) => {
        this.#audioOnly.set(isAudioOnly)
      },
      leave: () => {
        this.#leave()
      },
      endForAll: () => {
        this.#endForAll()
      },
      answer: (notice, answer) => {
        answerNotice(notice, answer, {
          devices: this.#devices,
          sound: this.#sound,
          network: this.#inCall.doings.network,
          setAudioOnly: this.actions.call.setAudioOnly,
          changed,
        })
      },
      compare: (doMatch) => {
        this.#inCall.compare(doMatch)
      },
      verify: (id) => {
        this.#inCall.verify(id)
      },
      forgetVerified: (id) => {
        this.#inCall.forgetVerified(id)
      },
      revokeDevice: (id) => void this.#inCall.revokeDevice(id),
      givePassword: (text) => {
        this.#run?.givePassword(text, "door")
      },
      act: (action) => {
        this.#act(action)
      },
    }
  }

  #hosting(): ReturnType<typeof hostingActs> {
    return hostingActs({
      view: () => this.#inCall.view,
      say: (fact) => this.#run?.ask(fact),
      offered: () => this.#signingIn.offered,
      linkWished: () => {
        this.#link.wish()
      },
      choosePassword: (text) => {
        this.#run?.givePassword(text, "room")
      },
    })
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
      this.#view = sameParts(this.#view, this.#makeView())
    }
    return this.#view
  }

  close = (): void => {
    this.#lobby.stopChecking()
    clearInterval(this.#timer)
    this.#link.close()
    this.#endCall()
    this.#media.close()
    this.#sound.close()
    this.#signingIn.close()
  }

  async #open(): Promise<void> {
    const missing = await missingFeature()
    if (missing !== undefined) return this.#block({ kind: "unsupported", missing })
    if (parseRoomId(this.#link.opened.room) === undefined || secretOf(this.#link.opening) === undefined)
      return this.#block({ kind: "cut-link" })
    void this.#signingIn.start()
    const returning = returningTo(this.#link.place)
    if (returning === undefined) {
      this.#stage = { at: "lobby" }
      this.#changed()
      await this.#media.start()
      return
    }
    if (returning.camera) void this.#media.turnOn("camera")
    if (returning.microphone) void this.#media.turnOn("microphone")
    await this.#join(returning.name, { isReload: true, token: returning.token })
  }

  #joinAsTyped(): void {
    const name = this.#lobby.acceptName()
    if (name === undefined) this.#changed()
    else void this.#join(name, { token: this.#signingIn.token })
  }

  async #join(name: string, { steal = false, isReload = false, token }: JoinWay): Promise<void> {
    this.#lobby.isJoining = true
    this.#lobby.stopChecking()
    this.#changed()
    this.#lock ??= await takeTabLock(this.#link.opened.room, {
      steal,
      isReload,
      lost: () => {
        this.#lock = undefined
        this.#block({ kind: "moved-away" })
      },
    })
    this.#lobby.isJoining = false
    const [camera, microphone] = [this.#media.state("camera") === "on", this.#media.state("microphone") === "on"]
    this.#joinedAs = { name, camera, microphone, ...(token === undefined ? {} : { token }) }
    if (this.#lock === undefined) return this.#block({ kind: "other-tab" })
    const room = parseRoomId(this.#link.opened.room)
    const secret = secretOf(this.#link.opening)
    if (room === undefined || secret === undefined) return this.#block({ kind: "cut-link" })
    await this.#begin(room, await deriveAccess(secret, room), name)
    secret.wipe()
  }

  async #begin(room: RoomId, access: Uint8Array, name: string): Promise<void> {
    // LiveKit's SDK and the workers are fetched now, not with the lobby.
    const { CallRun } = await import("./call-run.ts")
    this.#endRun()
    this.#inCall.begin(() => this.#run)
    const { opening, statement } = this.#link
    this.#run = new CallRun(
      { room, opening, access, name, token: this.#joinedAs?.token ?? statement, media: this.#mediaState() },
      {
        changed: () => {
          this.#callChanged()
        },
        failed: (state) => {
          this.#stop(state)
        },
        linkChanged: (newest) => {
          this.#link.replaced(newest)
        },
        wordHeard: (from, body) => {
          this.#inCall.hear(from, body)
        },
      },
    )
    for (const kind of ["microphone", "camera", "screen", "screen-audio"] as const) this.#run.setTrack(kind, this.#media.track(kind))
    this.#run.setAudioOnly(this.#audioOnly.isOn)
    this.#stage = { at: "call" }
    this.#callChanged()
  }

  /** Something in the machine, the workers or the SFU link has changed. */
  #callChanged(): void {
    const run = this.#run
    if (run === undefined) return
    const view = run.view()
    if ("members" in view) {
      this.#inCall.rosterChanged(run, view)
      if (this.#joinedAs !== undefined) rememberReturn(this.#link.place, this.#joinedAs)
    } else if (view.phase === "ended" || view.phase === "removed" || view.phase === "failed") this.#finish(view)
    this.#changed()
  }

  /** The machine has stopped for good. */
  #finish(view: Extract<MachineView, { phase: "ended" | "removed" | "failed" }>): void {
    const since = this.#inCall.view?.since
    const minutes = since === undefined ? 0 : Math.floor((performance.now() - since) / 60_000)
    // Whom people turned away does not come back by reloading, but by asking; nor does anybody to a call that was ended for all.
    if (view.phase !== "ended" || view.reason === "ended-by-host") rememberReturn(this.#link.place, undefined)
    const isTurnedAway = view.phase === "failed" && view.problem === "turned-away"
    this.#stop(isTurnedAway ? this.#turnedAway() : stateOf(view, performance.now(), minutes))
  }

  /** The call is over, but for somebody whose new link never came to be (D4.15.2): it goes in again by the one before. */
  #stop(state: StateView): void {
    if (this.#link.opened.kind !== "link" && (state.kind === "link-replaced" || state.kind === "unknown-room")) return this.#enterAgain()
    if (state.kind !== "wrong-link" || !this.#link.goBack()) return this.#block(state)
    this.#endRun()
    this.#rejoin()
  }

  /** D39.39: somebody furnished the room anew. Entering is asked for again, and this person goes straight on. */
  #enterAgain(): void {
    setReplaced(this.#link.opened.room)
    if (this.#joinedAs !== undefined) rememberReturn(this.#link.place, this.#joinedAs)
    location.reload()
  }

  #turnedAway(): StateView {
    return turnedAway(this.#run?.rulesAtDoor(), {
      now: Date.now(),
      hasToken: this.#joinedAs?.token !== undefined,
      canSignIn: (issuer) => this.#signingIn.offered.some((offer) => offer.issuer === issuer),
    })
  }

  #makeView(): RoomView {
    switch (this.#stage.at) {
      case "blocked":
        return { screen: "state", state: this.#stage.state }
      case "lobby":
        return { screen: "lobby", lobby: this.#lobby.view(this.#media, this.#aroundLobby()) }
      case "call":
        return this.#callScreen()
    }
  }

  /** The call; or somebody's decision is awaited; or a state says what else. */
  #callScreen(): RoomView {
    const run = this.#run
    const view = run?.view() ?? { phase: "idle" as const }
    if (run !== undefined && "members" in view) return this.#inCall.screen(run, view)
    const topic = run?.rulesAtDoor()?.topic
    const own = ownDevices(this.#media, this.#joinedAs?.name ?? "")
    return outsideScreen(view as Exclude<MachineView, InView>, {
      now: performance.now(),
      isHanded: this.#link.opened.kind !== "link",
      topic,
      ...own,
    })
  }

  #aroundLobby(): Pick<LobbyView, "room" | "link" | "isLinkCopied" | "vouching"> {
    return {
      room: roomSaid(this.#link.opened, this.#signingIn.offered),
      link: location.href,
      isLinkCopied: this.#link.isCopied,
      vouching: this.#signingIn.views(),
    }
  }

  #trackChanged(kind: MediaKind, track: MediaStreamTrack | undefined): void {
    this.#run?.setTrack(kind, track)
    this.#run?.mediaChanged(this.#mediaState())
    if (this.#joinedAs !== undefined) {
      const { microphone, camera } = this.#mediaState()
      this.#joinedAs = { ...this.#joinedAs, microphone, camera }
      if (this.#inCall.view !== undefined) rememberReturn(this.#link.place, this.#joinedAs)
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
    actOnState(action, {
      retry: () => {
        this.#retry()
      },
      leave: () => {
        this.#leave()
      },
      copyLink: () => void this.#link.copy(),
      moveHere: () => {
        if (this.#joinedAs !== undefined) void this.#join(this.#joinedAs.name, { steal: true, token: this.#joinedAs.token })
      },
      toLobby: () => {
        this.#joinedAs = undefined
        this.#rejoin()
      },
      rejoin: () => {
        this.#rejoin()
      },
      misread: () => {
        this.#inCall.misread()
      },
    })
  }

  #retry(): void {
    if (this.#run !== undefined) this.#run.tryNow()
    else this.#rejoin()
  }

  #rejoin(): void {
    if (this.#joinedAs === undefined) {
      this.#stage = { at: "lobby" }
      this.#changed()
    } else void this.#join(this.#joinedAs.name, { token: this.#joinedAs.token })
  }

  #leave(): void {
    rememberReturn(this.#link.place, undefined)
    this.#joinedAs = undefined
    if (this.#run === undefined) this.#block({ kind: "left", minutes: 0 })
    else this.#run.leave()
  }

  /** D8.30: nobody comes back to it by reloading, this device neither. */
  #endForAll(): void {
    rememberReturn(this.#link.place, undefined)
    this.#joinedAs = undefined
    this.#run?.ask({ type: "end-asked" })
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
    this.#inCall.end()
  }

  #changed(): void {
    this.#isStale = true
    for (const listener of this.#listeners) listener()
  }
}
