/** What a person does with the others beside media: hands, reactions, asking, putting somebody before everyone, push to talk. */

import type { InView } from "@conclave/call"
import type { MemberId } from "@conclave/wire"
import type { CallActions } from "../view/call.ts"
import type { DeviceActs, Rights } from "./device-acts.ts"
import type { Gathering } from "./gathering.ts"
import { NetworkNotice } from "./network-notice.ts"
import type { News } from "./news.ts"
import { PushToTalk, type PushedMedia } from "./push-to-talk.ts"

export interface DoingsParts {
  readonly media: PushedMedia
  readonly devices: Pick<DeviceActs, "toggle">
  readonly news: Pick<News, "tell">
  readonly rights: () => Rights
  /** Of the call of the moment; undefined outside one. */
  readonly gathering: () => Gathering | undefined
  readonly view: () => InView | undefined
  readonly changed: () => void
}

type Acts = Pick<
  CallActions,
  "toggleMicrophone" | "raiseHand" | "lowerHand" | "react" | "askToUnmute" | "answerUnmute" | "spotlight" | "pushToTalk"
>

export class Doings {
  readonly network = new NetworkNotice()
  readonly acts: Acts
  readonly #parts: DoingsParts
  readonly #push: PushToTalk

  constructor(parts: DoingsParts) {
    this.#parts = parts
    this.#push = new PushToTalk(parts.media, () => parts.rights().role !== "listener")
    const { gathering } = parts
    this.acts = {
      toggleMicrophone: () => {
        this.#toggleMicrophone()
      },
      raiseHand: (isUp) => gathering()?.act({ type: "hand", isUp }),
      lowerHand: (id) => gathering()?.act({ type: "lower-hand", member: memberOf(id) }),
      react: (what) => gathering()?.act({ type: "react", what }),
      spotlight: (id) => gathering()?.act({ type: "spotlight", member: id === undefined ? undefined : memberOf(id) }),
      askToUnmute: (id) => {
        this.#askToUnmute(memberOf(id))
      },
      answerUnmute: (does) => {
        gathering()?.answered()
        if (does && parts.media.state("microphone") !== "on") this.#toggleMicrophone()
      },
      pushToTalk: (isHeld) => void this.#push.hold(isHeld).then(parts.changed),
    }
  }

  get isPushedToTalk(): boolean {
    return this.#push.isOn
  }

  /** Only a press of this person's own ever switches the microphone on (A2.14); it answers whoever asked for it. */
  #toggleMicrophone(): void {
    this.#push.taken()
    this.#parts.gathering()?.answered()
    void this.#parts.devices.toggle("microphone")
  }

  #askToUnmute(member: MemberId): void {
    const { gathering, view, news, changed } = this.#parts
    gathering()?.act({ type: "ask-unmute", member })
    const name = view()?.members.find((each) => each.member === member)?.person?.name
    if (name !== undefined) news.tell({ kind: "asked-unmute", name })
    changed()
  }
}

/** Views name people by the pseudonym they got from us. */
const memberOf = (id: string): MemberId => id as MemberId
