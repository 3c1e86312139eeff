/** Every way REST v1 refuses, beside those of the wire. A code, once shipped, is never reused for something else. */

import { isProblemCode, problems, type ProblemCode } from "@conclave/wire"

export const apiProblems = {
  invalid: { status: 422, title: "Some fields are not as they must be" },
  "wrong-method": { status: 405, title: "That is not done to this address" },
  "not-signed-in": { status: 401, title: "Nobody is signed in, or the key is not valid" },
  denied: { status: 403, title: "That is not allowed to you" },
  "fresh-login-needed": { status: 403, title: "Log in again to do this" },
  "idempotency-key-used": { status: 422, title: "That Idempotency-Key was used for another request" },
  "idempotency-key-busy": { status: 409, title: "The first request with that Idempotency-Key is not done, or was cut off" },
  "answer-not-kept": { status: 409, title: "This was done before; its answer held a secret and was not kept" },
  "friendly-url-taken": { status: 409, title: "Another room has that friendly_url" },
  "people-are-inside": { status: 409, title: "Not while people are in the room" },
  "room-is-transport-only": { status: 409, title: "The room is transport-only; switch e2ee_enabled on first" },
  "room-has-a-secret": { status: 409, title: "The room is sealed by link: its link is the way in" },
  "room-expired": { status: 410, title: "The room's time is over" },
  "sign-in-needed": { status: 401, title: "Sign in to enter, or come by a link with a token" },
  "token-expired": { status: 401, title: "The token in the link has expired" },
  "token-void": { status: 401, title: "The token in the link is not valid, or was withdrawn" },
  "content-is-end-to-end-encrypted": { status: 409, title: "The server does not have this: it is end-to-end encrypted" },
  "no-call": { status: 409, title: "No call is on in this room" },
  "no-such-participant": { status: 404, title: "Nobody of that pseudonym is in the call" },
  "login-refused": { status: 401, title: "The address or the password is not right" },
  "code-refused": { status: 401, title: "The code is not right, or was used before" },
  "passkey-refused": { status: 401, title: "The passkey's answer is not right" },
  "ticket-used": { status: 410, title: "That took too long or was done before; begin again" },
  "link-used": { status: 410, title: "The link was used or withdrawn, or is too old" },
  "password-refused": { status: 422, title: "Another password is needed" },
  "email-taken": { status: 409, title: "Another account has that address" },
  "role-not-yours": { status: 403, title: "That is not yours to give or to take" },
  "last-owner": { status: 409, title: "There would be no owner any more" },
  "team-in-use": { status: 409, title: "The team still has rooms or keys" },
  "endpoint-refused": { status: 422, title: "Nothing can be sent to that address" },
  "too-many-webhooks": { status: 409, title: "The team has enough webhooks; delete one first" },
  "no-such-delivery": { status: 404, title: "That webhook has no such delivery" },
  "no-authenticator-app": { status: 409, title: "There is no authenticator app" },
  "too-many-passkeys": { status: 409, title: "There are enough passkeys; remove one first" },
} as const satisfies Record<string, { status: number; title: string }>

export type OwnProblemCode = keyof typeof apiProblems
export type ApiProblemCode = OwnProblemCode | ProblemCode

/** Status and fixed title of a code. */
export const apiProblemOf = (code: ApiProblemCode): { readonly status: number; readonly title: string } =>
  isProblemCode(code) ? problems[code] : apiProblems[code]

/** What more there is to say. `errors`: what is wrong with which field, paths joined by dots. */
export interface ProblemDetails {
  readonly detail?: string
  readonly errors?: Readonly<Record<string, readonly string[]>>
  /** Seconds until trying again is worth it. */
  readonly retryAfter?: number
  /** Methods that there are. */
  readonly allowed?: readonly string[]
}

/** REST v1 says no. Never with a secret or a value of the request in it. */
export class ApiProblem extends Error {
  readonly code: ApiProblemCode
  readonly details: ProblemDetails
  constructor(code: ApiProblemCode, details: ProblemDetails = {}) {
    super(code)
    this.name = "ApiProblem"
    this.code = code
    this.details = details
  }
}
