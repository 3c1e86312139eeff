/** Making developer keys. */

import { randomBytes } from "node:crypto"
import type { KeyId } from "@conclave/api"
import { freshToken, hashOf } from "../tokens.ts"
import { keyPrefix } from "./asker.ts"
import type { DeveloperKey, KeyStore } from "./ports.ts"

/** 128 random bits in the spelling of all our ids. */
export const freshId = <T extends string>(): T => randomBytes(16).toString("base64url") as T

/** 256 random bits behind a prefix that scanners for leaked keys can look for. */
export const freshKeyText = (): string => keyPrefix + Buffer.from(freshToken()).toString("base64url")

/** Keeps a new key. The text is for the asker's eyes, this once. */
export async function makeKey(
  keys: KeyStore,
  wanted: Omit<DeveloperKey, "id" | "lastUsedAt">,
): Promise<{ readonly kept: DeveloperKey; readonly text: string }> {
  const text = freshKeyText()
  const kept = { ...wanted, id: freshId<KeyId>(), lastUsedAt: undefined }
  await keys.add(kept, hashOf(text))
  return { kept, text }
}
