/** What a press on microphone, camera or sharing does: the device, or the word why not. */

import type { Role } from "@conclave/call"
import type { NoticeView } from "../view/call.ts"
import type { News } from "./news.ts"
import type { OwnMedia } from "./own-media.ts"

/** What the room's rules let this person send. Before the call: everything. */
export interface Rights {
  readonly role: Role
  readonly mayShare: boolean
  /** Verified names of the hosts who are here. */
  readonly hosts: readonly string[]
}

export class DeviceActs {
  readonly #media: OwnMedia
  readonly #news: News
  readonly #rights: () => Rights
  readonly #changed: () => void

  constructor({ media, news, rights, changed }: { media: OwnMedia; news: News; rights: () => Rights; changed: () => void }) {
    this.#media = media
    this.#news = news
    this.#rights = rights
    this.#changed = changed
  }

  async toggle(device: "camera" | "microphone"): Promise<void> {
    const { role, hosts } = this.#rights()
    if (role === "listener") return this.set({ kind: "listener", hosts }, true)
    await this.#media.toggle(device)
    const state = this.#media.state(device)
    this.set({ kind: `${device}-denied` }, state === "denied")
    this.set({ kind: `${device}-missing` }, state === "missing")
    this.set({ kind: "device-busy", device }, state === "busy")
  }

  async toggleShare(): Promise<void> {
    const { mayShare, hosts } = this.#rights()
    if (!mayShare && this.#media.sharing === "off") return this.set({ kind: "share-hosts-only", hosts }, true)
    this.set({ kind: "share-failed" }, (await this.#media.toggleShare()) === "failed")
  }

  /** D4.13: who may not send any more stops: no light stays on for nobody. */
  obeyRights(): void {
    const { role, mayShare } = this.#rights()
    if (role === "listener")
      for (const device of ["camera", "microphone"] as const) if (this.#media.state(device) === "on") this.#media.turnOff(device)
    if (!mayShare && this.#media.sharing === "on") void this.#media.toggleShare()
    if (role !== "listener") this.set({ kind: "listener", hosts: [] }, false)
    if (mayShare) this.set({ kind: "share-hosts-only", hosts: [] }, false)
  }

  set(notice: NoticeView, isOn: boolean): void {
    if (this.#news.setNotice(notice, isOn)) this.#changed()
  }
}
