/**
 * The code people compare aloud (D15). It changes with every epoch; equal codes mean one group, one history, one roster.
 *
 *   code = SHA-256("Conclave 1 words\0" ‖ epoch authenticator (48) ‖ group id (16) ‖ SHA-256(roster))
 *   roster: for each leaf in order: leaf (uint32) ‖ member (16) ‖ leaf signature key (32)
 *
 *   words:  the first 88 bits of the code, 11 bits a word
 *   digits: the other 168 bits as a number, modulo 10^30 (bias below 2^-68)
 */

import { joined, uint32, utf8 } from "../bytes.ts"
import { sha256 } from "../platform.ts"
import { wordList } from "./word-list.ts"

/** What the code stands for. Ids as their 16 bytes. */
export interface Comparable {
  readonly authenticator: Uint8Array
  readonly groupId: Uint8Array
  readonly roster: readonly { readonly leaf: number; readonly member: Uint8Array; readonly leafKey: Uint8Array }[]
}

export interface SafetyCode {
  /** Eight words. Never fewer: four fall to a search of 2^22 (D15). */
  readonly words: readonly string[]
  /** Thirty digits in six groups of five. */
  readonly digits: string
}

/** Works out the code of one epoch. */
export async function safetyCode(of: Comparable): Promise<SafetyCode> {
  const inOrder = of.roster.toSorted((a, b) => a.leaf - b.leaf)
  const roster = await sha256(joined(...inOrder.flatMap((one) => [uint32(one.leaf), one.member, one.leafKey])))
  const code = await sha256(joined(utf8("Conclave 1 words\0"), of.authenticator, of.groupId, roster))
  return { words: wordsOf(code.subarray(0, 11)), digits: digitsOf(code.subarray(11)) }
}

/** Eight words of 11 bytes. */
export function wordsOf(bytes: Uint8Array): string[] {
  const bits = numberOf(bytes)
  return Array.from({ length: 8 }, (_, i) => wordList[Number((bits >> BigInt(77 - 11 * i)) & 2047n)] ?? "")
}

function digitsOf(bytes: Uint8Array): string {
  const digits = (numberOf(bytes) % 10n ** 30n).toString().padStart(30, "0")
  return (digits.match(/.{5}/g) ?? []).join(" ")
}

const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
