/** Defences of entry to rooms of the API, joining tokens and removal by the organisation. */
import type { Defence } from "./defence.ts"

const admission = "apps/server/src/entry/admission.ts"
const handlers = "apps/server/src/api/handlers/entry.ts"
const inEntry = (name: string): Defence["test"] => ({ file: "apps/server/src/api/entry.test.ts", name })
const inRemoval = (name: string): Defence["test"] => ({ file: "packages/call/src/asked-out.test.ts", name })

export const entryDefences: readonly Defence[] = [
  {
    name: "entry: a token after its end",
    rule: "D39.4",
    file: admission,
    text: '  if (kept.expiresAt <= at) throw new ApiProblem("token-expired")\n',
    replacement: "",
    test: inEntry("a token lets somebody without an account into one room, in its role and under its name"),
  },
  {
    name: "entry: a token for any room",
    rule: "A4.11",
    file: admission,
    text: "kept?.room !== record.id",
    replacement: "kept === undefined",
    test: inEntry("a token lets somebody without an account into one room, in its role and under its name"),
  },
  {
    name: "entry: a token that outlives its maker's right",
    rule: "D39.5",
    file: admission,
    text: " || !(await mayMakerStill(parts, { kept, record, at }))",
    replacement: "",
    test: inEntry("a token is void as soon as who made it may not change the room any more"),
  },
  {
    name: "entry: a private room for anybody",
    rule: "A4.01",
    file: admission,
    text: 'record?.privacy === "public"',
    replacement: "record !== undefined",
    test: inEntry("a private room of another team is answered as one that is not there"),
  },
  {
    name: "entry: by another kind's path",
    rule: "D39.2",
    file: handlers,
    text: '        if (record.kind !== kind) throw new ApiProblem("no-such-room")\n',
    replacement: "",
    test: inEntry("a page that came by another kind's path is told that there is no such room"),
  },
  {
    name: "entry: furnishing by anybody who may enter",
    rule: "D39.1",
    file: handlers,
    text: '        if (!isModerator) throw new ApiProblem("denied")\n',
    replacement: "",
    test: inEntry("a member furnishes a room and is told what it is furnished with"),
  },
  {
    name: "entry: guesses without end",
    rule: "A4.10",
    file: handlers,
    text: "      left.take()\n",
    replacement: "",
    test: inEntry("who is refused too often from one address must wait"),
  },
  {
    name: "entry: a statement that outlives the token",
    rule: "D39.7",
    file: "apps/server/src/entry/statement.ts",
    text: "as.until === undefined ? Infinity : Math.floor(as.until / 1000)",
    replacement: "Infinity",
    test: inEntry("the server says who enters, over the device's nonce, under the key that it publishes"),
  },
  {
    name: "removal: in the organisation's name, unasked",
    rule: "D14.8",
    file: "packages/crypto/src/mls/call-rules.ts",
    text: 'call.asked.has(leaf) ? undefined : refusal("not-asked")',
    replacement: "undefined",
    test: {
      file: "packages/crypto/src/mls/call-rules.test.ts",
      name: "nobody is removed in the organisation's name unless the reader has heard that asked",
    },
  },
  {
    name: "removal: believing it of anybody",
    rule: "D14.8",
    file: "packages/call/src/asked-out.ts",
    text: "stage.peers.filter(({ member }) => !hasListened({ stage, now }) || stage.askedOut.has(member))",
    replacement: "stage.peers",
    test: inRemoval("a reader believes the reason of whom it heard named"),
  },
  {
    name: "entry: a wish for a role heard of providers",
    rule: "D39.44",
    file: "packages/crypto/src/mls/people.ts",
    text: '  if (!isAccount) return { ...vouched, level: "organisation" }\n',
    replacement: '  if (!isAccount) return { ...vouched, level: "organisation", wish: identity.wish as never }\n',
    test: { file: "packages/crypto/src/mls/kinds.test.ts", name: "a wish for a role is heard of the server alone" },
  },
  {
    name: "entry: a wish that unmakes a co-host",
    rule: "D39.44",
    file: "apps/web/src/session/room-rules.ts",
    text: 'role === "co-host" || ',
    replacement: "",
    test: { file: "apps/web/src/session/room-rules.test.ts", name: "nobody is unmade a host or co-host by a wish" },
  },
  {
    name: "removal: the news of the next call before the commit",
    rule: "D8.33",
    file: "packages/call/src/in-call.ts",
    text: "isLogFirst(session) ? [session] : foundAnew",
    replacement: "foundAnew",
    test: { file: "packages/call/src/end.test.ts", name: "that the call went on elsewhere is not heard before the commit" },
  },
]
