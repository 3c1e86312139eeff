/**
 * Keeps this device's keys in IndexedDB: room keys of rooms made here, one device key a room (D2, D10), and stretched passwords of
 * rooms it was in (D18.10). The browser stores them as they are, not extractable: no script, ours included, can read them.
 */

import { memoryPasswordShelf, type PasswordKey, type PasswordShelf } from "@conclave/crypto/password"
import { memoryKeyShelf, type KeyShelf } from "@conclave/crypto/room"
import { browserStore } from "../adapters/browser-store.ts"

const within = browserStore("conclave-keys", "pairs")

/**
 * The shelf of this origin. Where the browser keeps nothing (some private windows), keys live as long as the page: a
 * reload is then a new device, which the others see.
 */
export function keyStore(): KeyShelf {
  const forgetful = memoryKeyShelf()
  return {
    async get(name) {
      const kept = await within("readonly", (pairs) => pairs.get(name))
      return isPair(kept) ? kept : forgetful.get(name)
    },
    async put(name, pair) {
      await forgetful.put(name, pair)
      await within("readwrite", (pairs) => pairs.put(pair, name))
    },
  }
}

/** The proved passwords of rooms, one a room; forgotten like the key pairs where the browser keeps nothing. */
export function passwordStore(): PasswordShelf {
  const forgetful = memoryPasswordShelf()
  return {
    async get(name) {
      const kept = await within("readonly", (pairs) => pairs.get(name))
      return isPassword(kept) ? kept : forgetful.get(name)
    },
    async put(name, key) {
      await forgetful.put(name, key)
      await within("readwrite", (pairs) => pairs.put(key, name))
    },
  }
}

const isPassword = (value: unknown): value is PasswordKey =>
  typeof value === "object" && value !== null && "salt" in value && "key" in value && value.key instanceof CryptoKey

const isPair = (value: unknown): value is CryptoKeyPair =>
  typeof value === "object" && value !== null && "privateKey" in value && value.privateKey instanceof CryptoKey
