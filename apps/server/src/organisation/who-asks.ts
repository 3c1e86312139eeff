/** Sessions (D36.7 to D36.9): beginning one, finding out who one is, giving it another token. */

import { randomBytes } from "node:crypto"
import type { AccountId, SessionId } from "@conclave/api"
import { toBase64url } from "@conclave/wire"
import type { Sessions } from "../api/asker.ts"
import { freshToken, hashOf } from "../tokens.ts"
import type { OrganisationParts } from "./parts.ts"
import type { Session } from "./ports.ts"
import { idleMs, isAlive, isFresh, isWorthNoting, longestMs } from "./session-life.ts"

type Parts = Pick<OrganisationParts, "store" | "now">

/** More browsers than a person has; the one unused for longest makes room. */
const mostSessions = 30

/** Who the cookie's token stands for. The roles are read each time, so what was taken away counts from the next request on. */
export const sessionsPort = (parts: Parts): Sessions => ({
  async asker(token) {
    const session = await sessionOf(parts, token)
    if (session === undefined) return undefined
    const { account } = session
    const roles = await parts.store.accounts.roles(account)
    const now = parts.now()
    if (isWorthNoting(session, now)) await parts.store.sessions.notice(session.id, now)
    return { subject: { kind: "account", account, roles }, name: `account ${account}`, isFresh: isFresh(session, now) }
  },
})

/** Undefined: there is none, or it is over. */
export async function sessionOf({ store, now }: Parts, token: string): Promise<Session | undefined> {
  const session = await store.sessions.byHash(hashOf(token))
  return session !== undefined && isAlive(session, now()) ? session : undefined
}

/** Who comes, from where. */
export interface Visitor {
  readonly address: string
  readonly agent: string
  /** The token it came with, if any: logging in voids it, whoever planted it (A4.15). */
  readonly session: string | undefined
}

/** A new session under a new token, which is given back and kept as its hash only. */
export async function beginSession(parts: Parts, account: AccountId, { agent, session: before }: Visitor): Promise<string> {
  const { store, now } = parts
  const at = now()
  await store.sessions.sweep({ madeAt: at - longestMs, seenAt: at - idleMs })
  if (before !== undefined) await endSession(parts, before)
  const others = await store.sessions.list(account)
  const oldest = others.toSorted((a, b) => b.seenAt - a.seenAt).slice(mostSessions - 1)
  for (const { id } of oldest) await store.sessions.end(account, id)
  const token = toBase64url(freshToken())
  const id = toBase64url(new Uint8Array(randomBytes(16))) as SessionId
  await store.sessions.add({ id, account, madeAt: at, seenAt: at, provenAt: at, agent: agentName(agent) }, hashOf(token))
  return token
}

export async function endSession({ store }: Parts, token: string): Promise<void> {
  const session = await store.sessions.byHash(hashOf(token))
  if (session !== undefined) await store.sessions.end(session.account, session.id)
}

/** Ends every other session of the account and gives this one another token: what somebody stole before is void. */
export async function renewSession(parts: Parts, token: string): Promise<string | undefined> {
  const session = await sessionOf(parts, token)
  if (session === undefined) return undefined
  await parts.store.sessions.endAll(session.account, session.id)
  return rotate(parts, token, session.provenAt)
}

/** Somebody has just shown again who they are. */
export const proveSession = (parts: Parts, token: string): Promise<string | undefined> => rotate(parts, token, parts.now())

/** Undefined: another request was first; the token is void already. */
async function rotate({ store }: Parts, token: string, provenAt: number): Promise<string | undefined> {
  const next = toBase64url(freshToken())
  return (await store.sessions.rotate(hashOf(token), hashOf(next), provenAt)) ? next : undefined
}

/** Short, and nothing in it that a terminal or a page would take for more than text. */
const agentName = (agent: string): string => agent.replaceAll(/[^\x20-\x7e]+/g, "").slice(0, 200)
