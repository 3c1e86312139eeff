/**
 * The passwords that one device knows of one room: the one it proved in a call, kept for returns (D18.10), the one a person
 * typed at the door, and the one a host has chosen. Texts stay in here.
 */

import { fromBase64url, toBase64url } from "../base64url.ts"
import { randomBytes, type Bytes } from "../platform.ts"
import { isRefusal } from "../refusal.ts"
import type { PolicyPassword } from "../room/policy.ts"
import type { Secret } from "../secret.ts"
import { parsePassword, type PasswordRefusal } from "./password.ts"
import { stretch, stretchedKey } from "./stretch.ts"

/** A stretched password, and which of the room's it is. */
export interface PasswordKey extends PolicyPassword {
  /** HKDF, not extractable. */
  readonly key: CryptoKey
}

/** Where the proved password of a room is kept; in browsers IndexedDB. */
export interface PasswordShelf {
  get(name: string): Promise<PasswordKey | undefined>
  put(name: string, key: PasswordKey): Promise<void>
}

/** What a host has chosen: for the policy the salt, for the members in the commit's note what it gives. */
export interface ChosenPassword {
  readonly salt: string
  readonly stretched: Secret
}

export interface Passwords {
  /** A person at the door typed this. */
  type(text: string): PasswordRefusal | undefined
  /** A host wants this to be the room's. */
  choose(text: string): PasswordRefusal | undefined
  readonly chosen: ChosenPassword | undefined
  /** What to try for this password: what was typed, else what is kept. */
  keyFor(asked: PolicyPassword): Promise<PasswordKey | undefined>
  /** The key of this password if this device was in a call under it. */
  provedFor(asked: PolicyPassword): Promise<PasswordKey | undefined>
  /** A call under this password has us in it: it is kept, and nothing else is. */
  prove(key: PasswordKey): Promise<void>
  /** Whoever answered says that it is wrong. True if a person typed it. */
  forget(): boolean
}

/** This device's passwords of a room. */
export function passwordsOf(shelf: PasswordShelf, room: string): Passwords {
  const name = `password ${room}`
  let typed: { readonly text: string; tried: PasswordKey | undefined } | undefined
  let chosen: ChosenPassword | undefined
  // Told wrong by somebody who may lie: it is not tried again by itself, and not thrown away either.
  let isDoubted = false

  async function provedFor(asked: PolicyPassword): Promise<PasswordKey | undefined> {
    const kept = await shelf.get(name)
    return isPasswordKey(kept, asked) ? kept : undefined
  }

  return {
    type(text) {
      const password = parsePassword(text)
      if (isRefusal(password)) return password
      typed = { text: password, tried: undefined }
      return undefined
    },
    choose(text) {
      const password = parsePassword(text)
      if (isRefusal(password)) return password
      const salt = randomBytes(16)
      chosen?.stretched.wipe()
      chosen = { salt: toBase64url(salt), stretched: stretch(password, salt) }
      return undefined
    },
    get chosen() {
      return chosen
    },
    async keyFor(asked) {
      if (typed === undefined) return isDoubted ? undefined : provedFor(asked)
      if (!isPasswordKey(typed.tried, asked)) typed.tried = await keyOf(typed.text, asked)
      return typed.tried
    },
    provedFor,
    async prove({ version, salt, key }) {
      typed = undefined
      isDoubted = false
      chosen?.stretched.wipe()
      chosen = undefined
      await shelf.put(name, { version, salt, key })
    },
    forget() {
      const wasTyped = typed !== undefined
      typed = undefined
      isDoubted = true
      return wasTyped
    },
  }
}

async function keyOf(text: string, { version, salt }: PolicyPassword): Promise<PasswordKey> {
  const bytes: Bytes | undefined = fromBase64url(salt, 16)
  if (bytes === undefined) throw new Error("bug: a policy that holds has a salt of 16 bytes")
  const stretched = stretch(text, bytes)
  const key = await stretchedKey(stretched)
  stretched.wipe()
  return { version, salt, key }
}

/** Whether this is the key of that password. */
export const isPasswordKey = (key: PasswordKey | undefined, asked: PolicyPassword): boolean =>
  key?.version === asked.version && key.salt === asked.salt

/** A shelf that forgets: for tests and for browsers that keep nothing. */
export function memoryPasswordShelf(): PasswordShelf {
  const kept = new Map<string, PasswordKey>()
  return {
    get: (name) => Promise.resolve(kept.get(name)),
    put: (name, key) => {
      kept.set(name, key)
      return Promise.resolve()
    },
  }
}
