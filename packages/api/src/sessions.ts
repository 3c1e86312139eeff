/** Sessions of one's own account: where one is logged in, logging out, showing again who one is (D36.7 to D36.10). */

import { code, password, ticket } from "./account-fields.ts"
import { moment, sessionId } from "./ids.ts"
import { challenge } from "./login.ts"
import { operation } from "./operation.ts"
import { passkeyResponse } from "./passkey-fields.ts"
import { z } from "./schema.ts"

export const session = z
  .strictObject({
    id: sessionId,
    is_this: z.boolean(),
    agent: z.string().meta({ description: "What the browser said it is." }),
    created_at: moment,
    seen_at: moment,
    ends_at: moment.meta({ description: "If nobody comes back before." }),
  })
  .meta({ id: "Session" })

const tag = "sessions"
const needs = "own"

export const sessionOperations = {
  listSessions: operation({
    id: "listSessions",
    method: "GET",
    path: "/sessions",
    tag,
    needs,
    summary: "Where this account is logged in",
    answer: { status: 200, body: z.strictObject({ data: z.array(session), total_count: z.int().min(0) }) },
  }),
  endSession: operation({
    id: "endSession",
    method: "DELETE",
    path: "/sessions/{session}",
    tag,
    needs,
    summary: "Log one browser out",
    params: z.strictObject({ session: sessionId }),
    answer: { status: 204 },
  }),
  endOtherSessions: operation({
    id: "endOtherSessions",
    method: "POST",
    path: "/sessions/end-others",
    tag,
    needs,
    summary: "Log out everywhere but here",
    answer: { status: 204 },
  }),
  endAllSessions: operation({
    id: "endAllSessions",
    method: "DELETE",
    path: "/sessions",
    tag,
    needs,
    summary: "Log out everywhere",
    answer: { status: 204 },
  }),
  logOut: operation({ id: "logOut", method: "POST", path: "/logout", tag, needs, summary: "Log out here", answer: { status: 204 } }),
  proveAgain: operation({
    id: "proveAgain",
    method: "POST",
    path: "/sessions/prove",
    tag,
    needs,
    summary: "Show again who one is: the password, and a code where logging in needs one",
    body: z.strictObject({ password, code: code.optional() }).meta({ id: "Proof" }),
    answer: { status: 204 },
    problems: ["login-refused", "code-refused"],
    isAnswerSecret: true,
  }),
  askPasskeyProof: operation({
    id: "askPasskeyProof",
    method: "POST",
    path: "/sessions/prove/passkey-challenge",
    tag,
    needs,
    summary: "What to ask a passkey for showing again who one is",
    answer: { status: 200, body: challenge },
    isAnswerSecret: true,
  }),
  proveAgainPasskey: operation({
    id: "proveAgainPasskey",
    method: "POST",
    path: "/sessions/prove/passkey",
    tag,
    needs,
    summary: "Show again who one is with a passkey",
    body: z.strictObject({ ticket, response: passkeyResponse }).meta({ id: "PasskeyProof" }),
    answer: { status: 204 },
    problems: ["ticket-used", "passkey-refused"],
    isAnswerSecret: true,
  }),
} as const
