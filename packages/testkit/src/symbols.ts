/**
 * Cryptography as symbols. A secret is a text that begins with `SECRET-`; a lock is made from a secret and gives nothing
 * back; a box opens for whoever holds the secrets of one of its ways in. Boxes travel as random names, so that nothing
 * on the wire says what is inside. What an attacker can learn is computed, not guessed.
 */

import type { Chance } from "./chance.ts"

/** Marks every secret of the model: found in a state, an envelope or a trace, it is a leak. */
export const secretMark = "SECRET-"

/** A hash, good enough where nobody looks for collisions: 106 bits of cyrb53 (public domain) under two seeds. */
export const digest = (text: string): string => cyrb53(text, 1).toString(36) + cyrb53(text, 2).toString(36)

function cyrb53(text: string, seed: number): number {
  let h1 = 0xdeadbeef ^ seed
  let h2 = 0x41c6ce57 ^ seed
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    h1 = Math.imul(h1 ^ code, 2654435761)
    h2 = Math.imul(h2 ^ code, 1597334677)
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909)
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909)
  return 4294967296 * (2097151 & h2) + (h1 >>> 0)
}

export const secretFrom = (...parts: readonly string[]): string => secretMark + digest(parts.join("|"))
export const lockOf = (secret: string): string => `lock-${digest(secret)}`

/** One way into a box: the locks that must all be opened. */
type Way = readonly string[]

interface Box {
  readonly ways: readonly Way[]
  readonly content: unknown
}

/** Secrets that follow from a box's content and others, which `have` gives for their locks. */
export type Derive = (have: (lock: string) => string | undefined, content: unknown) => readonly string[]

/** Where boxes are. It stands for the laws of nature, not for any machine: nobody in the simulation can list it. */
export interface Vault {
  /** Seals content and gives the box's name: 16 bytes. */
  seal(ways: readonly Way[], content: unknown): Uint8Array<ArrayBuffer>
  /** The same for what holds no key: `closure` need not look at it. */
  sealPlain(way: Way, content: unknown): Uint8Array<ArrayBuffer>
  /** The content, for whoever has the secrets. */
  open(name: Uint8Array, secrets: readonly string[]): unknown
  /** All secrets that somebody with these ones can find in all boxes there are. */
  closure(secrets: Iterable<string>, derive: Derive): Set<string>
}

export function vault(chance: Chance): Vault {
  const boxes = new Map<string, Box>()
  const plain = new Map<string, Box>()
  const put = (into: Map<string, Box>, box: Box): Uint8Array<ArrayBuffer> => {
    const name = chance.bytes(16)
    into.set(nameOf(name), box)
    return name
  }
  return {
    seal: (ways, content) => put(boxes, { ways, content }),
    sealPlain: (way, content) => put(plain, { ways: [way], content }),
    open(name, secrets) {
      const box = boxes.get(nameOf(name)) ?? plain.get(nameOf(name))
      const locks = new Map(secrets.map((secret) => [lockOf(secret), secret]))
      return box !== undefined && canOpen(box, locks) ? box.content : undefined
    },
    closure: (secrets, derive) => closureOf([...boxes.values()], secrets, derive),
  }
}

function closureOf(boxes: readonly Box[], secrets: Iterable<string>, derive: Derive): Set<string> {
  const held = new Map([...secrets].map((secret) => [lockOf(secret), secret]))
  const have = (lock: string): string | undefined => held.get(lock)
  const closed = new Set(boxes)
  const opened: unknown[] = []
  for (let before = -1; before !== held.size + opened.length;) {
    before = held.size + opened.length
    for (const box of closed) {
      if (!canOpen(box, held)) continue
      closed.delete(box)
      opened.push(box.content)
      for (const found of secretsIn(box.content)) held.set(lockOf(found), found)
    }
    for (const found of opened.flatMap((content) => derive(have, content))) held.set(lockOf(found), found)
  }
  return new Set(held.values())
}

const canOpen = ({ ways }: Box, locks: ReadonlyMap<string, string>): boolean => ways.some((way) => way.every((lock) => locks.has(lock)))

const nameOf = (name: Uint8Array): string => String.fromCharCode(...name)

/** Every text in a value that is a secret. */
function secretsIn(value: unknown): string[] {
  if (typeof value === "string") return value.startsWith(secretMark) ? [value] : []
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return []
  return Object.values(value).flatMap(secretsIn)
}
