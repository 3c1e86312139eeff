/** Random tokens of the server's own, and the hashes it keeps of tokens. */

import { createHash, randomBytes } from "node:crypto"
import type { TokenHash } from "@conclave/delivery"

/** 32 random bytes. */
export const freshToken = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(32))

/** Tokens are uniformly random, so one hash hides them and comparing hashes tells nothing of use. */
export const hashOf = (token: Uint8Array | string): TokenHash => createHash("sha256").update(token).digest("base64url")
