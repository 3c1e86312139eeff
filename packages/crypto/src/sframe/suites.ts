/** The cipher suites of RFC 9605 section 4.5 by number and name, and which of them we speak: one. */

/** An AES-GCM suite. Sizes in bytes. */
export interface Suite {
  /** As in the IANA registry. */
  readonly id: number
  readonly name: string
  readonly hash: "SHA-256" | "SHA-512"
  /** Nk. */
  readonly keySize: number
}

/** Nn of every AES-GCM suite. */
export const nonceSize = 12
/** Nt of every AES-GCM suite. */
export const tagSize = 16

/** 0x0004, the suite of every Conclave call. */
export const ourSuite: Suite = { id: 4, name: "AES_128_GCM_SHA256_128", hash: "SHA-256", keySize: 16 }

/** 0x0005: here so that its published vector can prove the derivation. No frame is sealed or opened with it. */
export const vectorSuite: Suite = { id: 5, name: "AES_256_GCM_SHA512_128", hash: "SHA-512", keySize: 32 }

const refusedNames: Readonly<Record<number, string>> = {
  1: "AES_128_CTR_HMAC_SHA256_80",
  2: "AES_128_CTR_HMAC_SHA256_64",
  3: "AES_128_CTR_HMAC_SHA256_32",
  5: vectorSuite.name,
}

/** Whether we speak a suite, and its name either way ("unassigned" when RFC 9605 has none). */
export type SuiteVerdict = { readonly kind: "admitted"; readonly suite: Suite } | { readonly kind: "refused"; readonly name: string }

/** D22.1: only suite 4 is spoken. A shorter tag or another key length would be a quiet step down. */
export function judgeSuite(id: number): SuiteVerdict {
  return id === ourSuite.id ? { kind: "admitted", suite: ourSuite } : { kind: "refused", name: refusedNames[id] ?? "unassigned" }
}
