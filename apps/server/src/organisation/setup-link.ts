/** The token by which the first owner comes (D36.1). It lives in this process only and is another at each start. */

import { toBase64url } from "@conclave/wire"
import { freshToken, hashOf } from "../tokens.ts"

export interface SetupLink {
  /** What the operator is shown, once; undefined ever after, and when there is an owner. */
  take(): string | undefined
  isGood(token: string): boolean
  /** There is an owner now. */
  close(): void
}

export function setupLink(isOpen: boolean): SetupLink {
  const fresh = isOpen ? toBase64url(freshToken()) : undefined
  let shown = fresh
  let hash = fresh === undefined ? undefined : hashOf(fresh)
  return {
    take() {
      const token = shown
      shown = undefined
      return token
    },
    isGood: (token) => hash !== undefined && hashOf(token) === hash,
    close() {
      hash = undefined
      shown = undefined
    },
  }
}
