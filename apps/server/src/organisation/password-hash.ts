/** Passwords as they are kept (D36.4): Argon2id, stretched on Node's own threads, a few at a time. */

import { argon2, randomBytes, timingSafeEqual } from "node:crypto"
import { Problem } from "@conclave/wire"
import { typedForm } from "./password-rules.ts"

export interface PasswordHasher {
  hash(password: string): Promise<string>
  /**
   * Whether it is the password behind the hash. Without a hash the work is the same and the answer is no: how long it takes
   * tells nobody whether there is such an account (A4.08). Problem `too-many` when too many wait already.
   */
  verify(password: string, hash: string | undefined): Promise<boolean>
}

interface Cost {
  /** KiB. */
  readonly memory: number
  readonly passes: number
}

/** OWASP's first choice of 2024 in memory, one pass more. */
const today: Cost = { memory: 19_456, passes: 3 }
const tagLength = 32
/** A quarter of a second each on two cores: nobody waits longer than a few seconds, and memory stays within 80 MiB. */
const atOnce = 2
const mostWaiting = 16

export function passwordHasher(cost: Cost = today): PasswordHasher {
  const turn = turns(atOnce, mostWaiting)
  const dummy = print(cost, randomBytes(16), randomBytes(tagLength))
  return {
    async hash(password) {
      const salt = randomBytes(16)
      return print(cost, salt, await turn(() => stretch(password, salt, cost)))
    },
    async verify(password, hash) {
      const { salt, tag, ...kept } = parse(hash ?? dummy)
      const found = await turn(() => stretch(password, salt, kept))
      return timingSafeEqual(found, tag) && hash !== undefined
    },
  }
}

function stretch(password: string, salt: Buffer, { memory, passes }: Cost): Promise<Buffer> {
  const parameters = { message: Buffer.from(typedForm(password)), nonce: salt, parallelism: 1, tagLength, memory, passes }
  return new Promise((resolve, reject) => {
    argon2("argon2id", parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)))
  })
}

/** The form that every Argon2 library reads: `$argon2id$v=19$m=…,t=…,p=1$salt$tag`. */
const print = ({ memory, passes }: Cost, salt: Buffer, tag: Buffer): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=1$${bare(salt)}$${bare(tag)}`

const bare = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "")

function parse(hash: string): Cost & { readonly salt: Buffer; readonly tag: Buffer } {
  const [, memory, passes, salt, tag] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([^$]+)\$([^$]+)$/.exec(hash) ?? []
  if (salt === undefined || tag === undefined) throw new Error("bug: a password hash of another kind")
  return { memory: Number(memory), passes: Number(passes), salt: Buffer.from(salt, "base64"), tag: Buffer.from(tag, "base64") }
}

/** Lets a few work at once and a few more wait. */
function turns(most: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let busy = 0
  const queue: (() => void)[] = []
  return async (work) => {
    if (busy >= most) {
      if (queue.length >= waiting) throw new Problem("too-many")
      // Whoever ends hands its place over, so `busy` stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve))
    } else busy++
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) busy--
      else next()
    }
  }
}
