/** Whom this device knows from before, in this call: new devices, changed keys, numbers to compare (D15, D21, A07). */

import type { Person } from "@conclave/call"
import { comparedDevice, pairNumber } from "@conclave/crypto/identity"
import type { OwnDeviceView } from "../view/security.ts"
import { forgotten, judge, keyOf, met, verified, verifiedAt, type KnownPeople, type Meeting } from "./known-people.ts"
import { loadKnownPeople, saveKnownPeople } from "./known-people-store.ts"
import { keptRevocations } from "./own-revocations.ts"
import type { Acquaintance } from "./who.ts"

export interface AcquaintanceEvents {
  changed(): void
  /** Somebody known came from a device that was not seen before. */
  newDevice(person: Person): void
}

export class Acquaintances {
  readonly #room: string
  readonly #events: AcquaintanceEvents
  readonly #numbers = new Map<string, string>()
  readonly #met = new Set<string>()
  #known: KnownPeople | undefined
  #self: Person | undefined

  constructor(room: string, events: AcquaintanceEvents) {
    this.#room = room
    this.#events = events
    void loadKnownPeople().then((known) => {
      this.#known = known
      events.changed()
    })
  }

  /** Everybody in the roster by name. Each device is judged before it is remembered, and told once. */
  meet(self: Person, others: readonly Person[]): void {
    this.#self = self
    const known = this.#known
    if (known === undefined) return
    let after = known
    for (const person of [self, ...others]) {
      const meeting = this.#meeting(person)
      const name = `${keyOf(meeting)}\n${comparedDevice(person)}`
      if (this.#met.has(name)) continue
      this.#met.add(name)
      if (person !== self && judge(known, meeting) === "new-device") this.#events.newDevice(person)
      after = met(after, meeting, Date.now())
    }
    for (const person of others) this.#count(self, person)
    this.#remember(after)
  }

  knownAs(person: Person): Acquaintance | undefined {
    if (this.#known === undefined) return undefined
    const meeting = this.#meeting(person)
    const at = verifiedAt(this.#known, meeting)
    return { isKeyChanged: judge(this.#known, meeting) === "key-changed", ...(at === undefined ? {} : { verifiedAt: at }) }
  }

  /** The number of both devices; undefined until it is worked out. */
  pairDigits(person: Person): string | undefined {
    const digits = this.#self === undefined ? "" : this.#numbers.get(pairOf(this.#self, person))
    return digits === "" ? undefined : digits
  }

  verify(person: Person): void {
    if (this.#known !== undefined) this.#remember(verified(this.#known, this.#meeting(person), Date.now()))
  }

  forget(person: Person): void {
    if (this.#known !== undefined) this.#remember(forgotten(this.#known, this.#meeting(person)))
  }

  /** Devices that were seen under this person's own account, this one first. Guests have none to tell. */
  ownDevices(others: readonly Person[]): OwnDeviceView[] {
    const self = this.#self
    if (self?.level !== "organisation" || this.#known === undefined) return []
    const here = new Set(others.map(comparedDevice))
    const devices = this.#known.get(keyOf(this.#meeting(self)))?.devices.map(({ device }) => device) ?? []
    const own = comparedDevice(self)
    const lost = new Set(keptRevocations().map((one) => one.device))
    return [own, ...devices.filter((device) => device !== own)].map((device) => ({
      id: device,
      label: fingerprint(device),
      isThis: device === own,
      isHere: device === own || here.has(device),
      isLost: lost.has(device),
    }))
  }

  #meeting(person: Person): Meeting {
    return { ...person, room: this.#room }
  }

  #remember(after: KnownPeople): void {
    const before = this.#known
    if (before === undefined || before === after) return
    this.#known = after
    this.#events.changed()
    void saveKnownPeople(before, after)
  }

  #count(self: Person, person: Person): void {
    const pair = pairOf(self, person)
    if (this.#numbers.has(pair)) return
    this.#numbers.set(pair, "")
    void pairNumber(comparedDevice(self), comparedDevice(person)).then((digits) => {
      this.#numbers.set(pair, digits)
      this.#events.changed()
    })
  }
}

const pairOf = (self: Person, person: Person): string => `${comparedDevice(self)} ${comparedDevice(person)}`

/** Enough of a device to tell it from one's others; nobody is recognised by it. */
const fingerprint = (device: string): string => `${device.slice(0, 4)} ${device.slice(4, 8)}`
