/** The door from both sides: who waits to be let in, and what the person waiting sees (D17). */

import type { SwitchView } from "./device.ts"
import type { NamedPerson } from "./person.ts"
import type { Picture } from "./picture.ts"

/** Somebody at the door. Name and level are read from the sealed knock by this device, never told by the server. */
export interface AtDoorView {
  /** The pseudonym of the knock: stable for as long as this person waits from one device. */
  readonly id: string
  readonly who: NamedPerson
  /** Eight words of their device key: what they should be able to read out. */
  readonly words: readonly string[]
}

export interface DoorActions {
  readonly admit: (id: string) => void
  /** Everyone who is shown at this moment. */
  readonly admitAll: () => void
  readonly refuse: (id: string) => void
  /** Refused for as long as this call lasts. */
  readonly block: (id: string) => void
}

/** The room asks for its password (D18). What is typed is in no view. */
export interface PasswordView {
  readonly isWrong: boolean
  readonly topic?: string
}

export interface PasswordActions {
  readonly give: (text: string) => void
  readonly leave: () => void
}

/** Outside the door. */
export interface WaitingView {
  /** `door`: somebody inside decides. `host`: the call begins when a host comes (D4.14). */
  readonly for: "door" | "host"
  /** The server opens rooms of this kind, so it is not said that it cannot. */
  readonly isHanded: boolean
  readonly topic?: string
  /** Whole seconds since this device asked. */
  readonly asked: number
  /** What this person reads out when asked. Empty while waiting for the host: nobody is there to ask. */
  readonly words: readonly string[]
  readonly microphone: SwitchView
  readonly camera: SwitchView
  readonly self: { readonly name: string; readonly picture?: Picture }
}
