/** How an operation is carried out: find what it is about, ask whether that is allowed, act. In this order, always. */

import { ApiProblem, type Answered, type Asked, type Operation } from "@conclave/api"
import { authorise, teamsWith, type Subject, type Target } from "../organisation/authorise.ts"
import type { Asker } from "./asker.ts"

/** What is known beside the request's own fields. */
export interface Context {
  readonly by: Asker
  /** Of the network. For limits, never for logs. */
  readonly address: string
  /** What the browser or program calls itself. */
  readonly agent: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Gives the page another session, or takes it away. */
  setSession(token: string | undefined): void
  /** The origin that people know us by, for links. */
  readonly origin: string
}

/** What an operation is about, and to whom that belongs. */
export interface Found<Thing> {
  readonly object: Target
  readonly thing: Thing
}

declare const judged: unique symbol
/** Only `handler` makes one, so that none forgets to ask what is allowed. */
export type Handler<O extends Operation> = ((asked: Asked<O>, context: Context) => Promise<Answered<O>>) & { readonly [judged]: true }

interface Steps<O extends Operation, Thing> {
  /** Undefined: there is no such thing. */
  readonly find: (asked: Asked<O>, context: Context) => Promise<Found<Thing> | undefined>
  readonly act: (asked: Asked<O>, thing: Thing, context: Context) => Promise<Answered<O>>
}

export function handler<const O extends Operation, Thing>(operation: O, { find, act }: Steps<O, Thing>): Handler<O> {
  const run = async (asked: Asked<O>, context: Context) => {
    const found = await find(asked, context)
    if (found === undefined) throw new ApiProblem("not-found")
    const { subject } = context.by
    if (authorise(subject, operation.needs, found.object) === "denied")
      throw new ApiProblem(isNear(subject, found.object) ? "denied" : "not-found")
    return act(asked, found.thing, context)
  }
  return run as Handler<O>
}

/** A4.01: of things of another team, or of another account, nobody learns that they are there. */
function isNear(subject: Subject, { team, account }: Target): boolean {
  if (subject.kind === "anonymous") return false
  if (subject.kind === "key") return team === undefined || subject.team === team
  const isOwnTeam = team === undefined || subject.roles.some((held) => "team" in held && held.team === team)
  const isOwnAccount = account === undefined || account === subject.account
  return (isOwnTeam && isOwnAccount) || subject.roles.some((held) => !("team" in held) && held.role !== "member")
}

/** Whether there is anything at all that this permission lets the asker do: who may nothing learns nothing about fields. */
export const couldEver = (subject: Subject, { needs }: Operation): boolean =>
  needs === "nobody-signed-in" || (needs === "own" ? subject.kind === "account" : teamsWith(subject, needs).length > 0)
