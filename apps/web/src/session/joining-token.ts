/**
 * The joining token that a page came by (D39.40). Once it let somebody in it is kept for reloads of this tab and taken out of the address
 * bar: a link is copied from there, and a token is for one person.
 */

import { handedPath } from "../address.ts"
import type { HandedAddress } from "../view/room.ts"

/** 256 random bits behind a word that tells it from everything else that stands behind a `#`. */
const form = /^conclave_join_[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/**
 * D39.41: whether a text may be shown to the server as a token. What stands behind `#` in a link to a room sealed by link never is, by
 * whatever path somebody or something made a page come.
 */
export const isJoiningToken = (text: string): boolean => form.test(text)

const keyOf = (address: HandedAddress): string => `conclave.token.${handedPath(address)}`

/** What this tab came by before. */
export function keptToken(address: HandedAddress): string | undefined {
  try {
    const kept = sessionStorage.getItem(keyOf(address)) ?? ""
    return isJoiningToken(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

/** Keeps it, and the address without it; or forgets it. */
export function keepToken(address: HandedAddress, token: string | undefined): void {
  try {
    if (token === undefined) sessionStorage.removeItem(keyOf(address))
    else {
      sessionStorage.setItem(keyOf(address), token)
      history.replaceState(null, "", handedPath(address))
    }
  } catch {
    // Where nothing can be kept the address keeps it: a reload would lock its owner out.
  }
}
