/** Lost devices of this person, struck out by this one (D19.11). Kept in this browser; shown with the token on coming in. */

import type { Person } from "@conclave/call"
import { identityKey, isFresh, revoke } from "@conclave/crypto/identity"
import { isRefusal } from "@conclave/crypto/room"
import { keyStore } from "../key-worker/key-store.ts"

interface Kept {
  readonly device: string
  /** When it was signed (ms since 1970). */
  readonly at: number
  readonly text: string
}

const place = "conclave.revocations"

/** What still matters, newest last. */
export function keptRevocations(now = Date.now()): readonly Kept[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(place) ?? "[]")
    return Array.isArray(value) ? value.filter(isKept).filter(({ at }) => isFresh(at, now)) : []
  } catch {
    return []
  }
}

/** Strikes out a device of the same account. False where nobody vouches for this person, or the browser keeps no key. */
export async function strikeOut({ issuer, subject, identityDevice }: Person, device: string): Promise<boolean> {
  if (issuer === undefined || subject === undefined || device === identityDevice) return false
  const key = await identityKey(keyStore(), issuer)
  if (isRefusal(key)) return false
  const at = Date.now()
  const text = await revoke(key, { issuer, subject, identityDevice: device, at })
  const kept = [...keptRevocations().filter((one) => one.device !== device), { device, at, text }]
  try {
    localStorage.setItem(place, JSON.stringify(kept))
  } catch {
    return false
  }
  return true
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== "object" || value === null) return false
  const { device, at, text } = value as Record<string, unknown>
  return typeof device === "string" && typeof at === "number" && typeof text === "string"
}
