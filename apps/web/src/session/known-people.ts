/**
 * Whom this device knows from before (D21, A07): which devices stood behind an organisation's account, and which device was
 * verified in person. Pure; the store beside it keeps it in this browser and nowhere else.
 *
 * A guest is known by room and name, and only once verified: guests have another device in every room (D10), so for them a
 * device says nothing elsewhere. An account is known by issuer and subject in all rooms.
 */

import type { Person } from "@conclave/call"
import { comparedDevice, skeleton } from "@conclave/crypto/identity"

/** A device that was seen. */
export interface KnownDevice {
  /** SHA-256 of its public key, base64url: the identity's own for accounts, else that of the room. */
  readonly device: string
  /** When it was seen last (ms since 1970). */
  readonly at: number
  /** When its pair number was compared and matched (D15). */
  readonly verifiedAt?: number
}

/** Somebody known from before. */
export interface KnownPerson {
  /** Who it is, whatever device they use; see `keyOf`. */
  readonly key: string
  /** What they were called last. */
  readonly name: string
  readonly devices: readonly KnownDevice[]
}

export type KnownPeople = ReadonlyMap<string, KnownPerson>

/** What one needs to be known again. */
export type Meeting = Pick<Person, "name" | "device" | "level" | "issuer" | "subject" | "identityDevice"> & { readonly room: string }

/**
 * `new`: not known from before. `same`: a device seen before. `new-device`: an account seen before, on another device.
 * `key-changed`: somebody who was verified in person, now on a device that was not.
 */
export type Familiarity = "new" | "same" | "new-device" | "key-changed"

const mostPeople = 1000
const mostDevices = 20

/** Under which key somebody is remembered. A line break is in none of the parts. */
export const keyOf = ({ level, issuer, subject, room, name }: Meeting): string =>
  level === "guest" ? `guest\n${room}\n${skeleton(name)}` : `account\n${issuer ?? ""}\n${subject ?? ""}`

/** How well this device knows somebody. */
export function judge(known: KnownPeople, person: Meeting): Familiarity {
  const devices = known.get(keyOf(person))?.devices
  if (devices === undefined) return "new"
  const found = devices.find((one) => one.device === comparedDevice(person))
  const wasVerified = devices.some((one) => one.verifiedAt !== undefined)
  // One device verified does not speak for another, seen before or not.
  if (wasVerified && found?.verifiedAt === undefined) return "key-changed"
  return found === undefined ? "new-device" : "same"
}

/** When this device was verified in person, if it was. */
export const verifiedAt = (known: KnownPeople, person: Meeting): number | undefined =>
  known.get(keyOf(person))?.devices.find((one) => one.device === comparedDevice(person))?.verifiedAt

/** Remembers a device of an account, once shown. Guests are not remembered for having been there. */
export function met(known: KnownPeople, person: Meeting, at: number): KnownPeople {
  return person.level !== "guest" || verifiedAt(known, person) !== undefined ? put(known, person, { at }) : known
}

/** Remembers that the pair number was compared and matched. */
export const verified = (known: KnownPeople, person: Meeting, at: number): KnownPeople => put(known, person, { at, verifiedAt: at })

/** Forgets everything about somebody: numbers were compared and differ, or a new device is taken as the right one. */
export const forgotten = (known: KnownPeople, person: Meeting): KnownPeople => new Map([...known].filter(([key]) => key !== keyOf(person)))

function put(known: KnownPeople, person: Meeting, seen: Omit<KnownDevice, "device">): KnownPeople {
  const [key, device] = [keyOf(person), comparedDevice(person)]
  const before = known.get(key)?.devices ?? []
  const last = before.find((one) => one.device === device)
  const others = newest(before.filter((one) => one.device !== device)).slice(0, mostDevices - 1)
  const entry: KnownPerson = { key, name: person.name, devices: [{ ...last, device, ...seen }, ...others] }
  return new Map([...known].filter(([one]) => one !== key).slice(-(mostPeople - 1))).set(key, entry)
}

/** Verified ones are the last to be forgotten. */
const newest = (devices: readonly KnownDevice[]): readonly KnownDevice[] =>
  devices.toSorted((a, b) => Number(b.verifiedAt !== undefined) - Number(a.verifiedAt !== undefined) || b.at - a.at)

/** Reads what the store kept: another version of us may have written it. */
export function readKnown(value: unknown): KnownPerson | undefined {
  if (typeof value !== "object" || value === null) return undefined
  const { key, name, devices } = value as Record<string, unknown>
  if (typeof key !== "string" || typeof name !== "string" || !Array.isArray(devices)) return undefined
  return { key, name, devices: devices.filter(isKnownDevice).slice(0, mostDevices) }
}

function isKnownDevice(value: unknown): value is KnownDevice {
  if (typeof value !== "object" || value === null) return false
  const { device, at, verifiedAt: verifiedWhen } = value as Record<string, unknown>
  return typeof device === "string" && typeof at === "number" && (verifiedWhen === undefined || typeof verifiedWhen === "number")
}
