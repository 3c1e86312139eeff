/** The page's side of the key worker: the one place where the keeper's facts become the call machine's. */

import type { GroupFact, GroupOrder } from "@conclave/call"
import type { RoomId } from "@conclave/wire"
import { moduleWorker } from "./module-worker.ts"
import type { KeyFailure, KeysToPage, Opening, PageToKeys, RulesAtDoor, ShelfRefusal } from "../key-worker/messages.ts"

export interface KeysStart {
  readonly room: RoomId
  /** What opens the room. A link's secret goes to the worker once and nowhere else. */
  readonly opening: Opening
  readonly name: string
  /** An organisation's word for this person (D19), or the server's for its account (D39.37). */
  readonly token: string | undefined
  /** Devices of this person that are lost, struck out by this one (D19.11). */
  readonly revocations: readonly string[]
  /** Leads to the frame worker; the epoch keys travel on it. */
  readonly frames: MessagePort
}

export interface KeysEvents {
  answered(fact: GroupFact): void
  /** For good: another worker would fail as well. */
  failed(code: KeyFailure): void
  /** What the server keeps for the room is not what its link says (D4). */
  shelfRefused(code: ShelfRefusal): void
  /** What it says was signed by the room's key or a host. */
  rulesRead(rules: RulesAtDoor): void
  /** The key worker has the password that a person typed (D18). */
  passwordTaken(of: "door" | "room"): void
  /** The engine is lost; another worker may do. */
  died(): void
}

export class Keys {
  readonly #worker: Worker

  constructor({ room, opening, name, token, revocations, frames }: KeysStart, events: KeysEvents) {
    this.#worker = moduleWorker("keys")
    this.#worker.addEventListener("message", ({ data }: MessageEvent<KeysToPage>) => {
      hear(data, events)
    })
    this.#worker.addEventListener("error", () => {
      events.died()
    })
    this.#post({ type: "start", room, opening, name, frames, ...(token === undefined ? {} : { token, revocations }) }, [frames])
  }

  shelf(shelf: Uint8Array): void {
    this.#post({ type: "shelf", shelf })
  }

  password(text: string, of: "door" | "room"): void {
    this.#post({ type: "password", text, of })
  }

  order(order: GroupOrder): void {
    this.#post({ type: "order", order })
  }

  stop(): void {
    this.#worker.terminate()
  }

  #post(message: PageToKeys, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}

function hear(message: KeysToPage, events: KeysEvents): void {
  switch (message.type) {
    case "ready":
      return
    case "failed":
      events.failed(message.code)
      return
    case "rules-read":
      events.rulesRead(message.rules)
      return
    case "shelf-refused":
      events.shelfRefused(message.code)
      return
    case "password-taken":
      events.passwordTaken(message.of)
      return
    case "fact":
      // The keeper fits the machine's port by shape (crypto imports nothing of ours); ids are branded from here on.
      events.answered(message.fact as GroupFact)
      return
    case "broken":
      events.died()
  }
}
