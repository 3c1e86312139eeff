/** The lobby's own small state: the name as typed, and what is wrong with it. */

import { isRefusal, parseName } from "@conclave/crypto/room"
import { browserKind } from "./browser-kind.ts"
import { NetworkCheck } from "./network-check.ts"
import type { LobbyView, NameTrouble } from "../view/lobby.ts"
import type { OwnMedia } from "./own-media.ts"
import { remember, remembered } from "./remembered.ts"

const troubles: Record<string, NameTrouble> = { "name-empty": "empty", "name-too-long": "too-long", "name-not-plain": "odd-characters" }

export class Lobby {
  #name = remembered("name") ?? ""
  #trouble: NameTrouble | undefined
  readonly #network: NetworkCheck
  isJoining = false

  /** `name`: what the server calls this person. */
  constructor(changed: () => void, name: string | undefined) {
    if (name !== undefined) this.#name = name
    this.#network = new NetworkCheck(changed)
  }

  checkNetwork(): void {
    void this.#network.check()
  }

  /** Before a call may begin: nothing of the check is left. */
  stopChecking(): void {
    this.#network.stop()
  }

  typeName(name: string): void {
    this.#name = name
    this.#trouble = undefined
  }

  /** A name to go in under, where none was typed. */
  offerName(name: string): void {
    if (this.#name === "") this.typeName(name)
  }

  /** The name as others will read it; undefined when it will not do, which the view then says. */
  acceptName(): string | undefined {
    const name = parseName(this.#name)
    if (isRefusal(name)) {
      this.#trouble = troubles[name.refused] ?? "odd-characters"
      return undefined
    }
    remember("name", name)
    return name
  }

  view(media: OwnMedia, around: Pick<LobbyView, "room" | "link" | "isLinkCopied" | "vouching">): LobbyView {
    const [picture, level, speaker] = [media.picture(), media.level(), media.speaker()]
    return {
      ...around,
      camera: media.view("camera"),
      microphone: media.view("microphone"),
      name: this.#name,
      isJoining: this.isJoining,
      background: media.background(),
      network: this.#network.view,
      browser: browserKind(navigator.userAgent, navigator.maxTouchPoints),
      ...(this.#trouble === undefined ? {} : { nameTrouble: this.#trouble }),
      ...(picture === undefined ? {} : { picture }),
      ...(level === undefined ? {} : { level }),
      ...(speaker === undefined ? {} : { speaker }),
    }
  }
}
