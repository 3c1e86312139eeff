/** What an asker may be allowed. Every operation needs exactly one; who holds which is decided in `apps/server/src/organisation/authorise.ts`. */

export const permissions = [
  /** Setting up, logging in, taking an invitation: what is done before anybody is somebody. */
  "nobody-signed-in",
  /** What anybody who is signed in does with what is its own: its account, its sessions. */
  "own",
  "rooms.read",
  "rooms.write",
  /** D6: making a room that the server can listen to. */
  "rooms.make-transport-only",
  /** Who is in a call now: counts and pseudonyms. */
  "live.read",
  /** Ending a call: the server stops relaying it. */
  "live.end",
  "keys.read",
  "keys.write",
  "people.read",
  "people.invite",
  "people.change",
  "teams.read",
  "teams.write",
  "webhooks.read",
  "webhooks.write",
  "audit.read",
  "usage.read",
  /** Whether server, database and SFU are well. */
  "health.read",
  "organisation.read",
  "organisation.write",
] as const
export type Permission = (typeof permissions)[number]

/** What a developer key may be given (D37.6). None of it is about people or other keys: a key cannot make itself more. */
export const scopes = [
  "rooms.read",
  "rooms.write",
  "rooms.make-transport-only",
  "live.read",
  "live.end",
  "webhooks.read",
  "webhooks.write",
  "usage.read",
] as const satisfies readonly Permission[]
export type Scope = (typeof scopes)[number]
