/** Every way the server or a client refuses. A code, once shipped, is never reused for something else. */

/** Who can do something about it. */
type WhoActs = "user" | "operator" | "nobody"

export const problems = {
  malformed: { status: 400, title: "The request could not be read", whoActs: "nobody" },
  "too-large": { status: 413, title: "The request is too large", whoActs: "nobody" },
  "wrong-version": { status: 400, title: "This client and this server speak different versions", whoActs: "user" },
  "unexpected-message": { status: 409, title: "That message does not fit here", whoActs: "nobody" },
  "no-such-room": { status: 404, title: "There is no such room", whoActs: "user" },
  "room-exists": { status: 409, title: "A room of that name exists", whoActs: "nobody" },
  "wrong-link": { status: 403, title: "The link does not open this room", whoActs: "user" },
  "no-such-call": { status: 404, title: "There is no such call", whoActs: "nobody" },
  "call-exists": { status: 409, title: "Someone has started this call already", whoActs: "nobody" },
  "call-ended": { status: 410, title: "The call has ended", whoActs: "user" },
  "link-replaced": { status: 410, title: "This link was replaced by a new one", whoActs: "user" },
  "link-expired": { status: 410, title: "This link has expired", whoActs: "user" },
  "turned-away": { status: 403, title: "Someone in the call said no", whoActs: "user" },
  blocked: { status: 403, title: "You are kept out of this call", whoActs: "user" },
  "host-needed": { status: 409, title: "A host must begin this call", whoActs: "user" },
  "room-locked": { status: 409, title: "The call is locked", whoActs: "user" },
  "not-allowed": { status: 403, title: "That key may not change this room", whoActs: "user" },
  "stale-version": { status: 409, title: "A newer version is kept", whoActs: "nobody" },
  "room-full": { status: 409, title: "The room is full", whoActs: "user" },
  "not-a-member": { status: 403, title: "You are not in this call", whoActs: "user" },
  "wrong-session": { status: 403, title: "The session is not valid", whoActs: "user" },
  "stale-epoch": { status: 409, title: "Another change won this epoch", whoActs: "nobody" },
  "commit-void": { status: 409, title: "Nobody could apply that change", whoActs: "nobody" },
  "too-many": { status: 429, title: "Too many requests", whoActs: "user" },
  "storage-failed": { status: 503, title: "The server cannot store anything now", whoActs: "operator" },
  "sfu-away": { status: 503, title: "The media server is not running", whoActs: "operator" },
  "foreign-origin": { status: 403, title: "The request came from another site", whoActs: "operator" },
  "not-found": { status: 404, title: "There is nothing here", whoActs: "nobody" },
  internal: { status: 500, title: "Something broke on the server", whoActs: "operator" },
} as const satisfies Record<string, { status: number; title: string; whoActs: WhoActs }>

export type ProblemCode = keyof typeof problems

/** An edge must say no. The message is the code: no words for people, no data. */
export class Problem extends Error {
  readonly code: ProblemCode
  constructor(code: ProblemCode, options?: { cause: unknown }) {
    super(code, options)
    this.name = "Problem"
    this.code = code
  }
}

export const isProblemCode = (value: unknown): value is ProblemCode => typeof value === "string" && Object.hasOwn(problems, value)
