/** Defences of the group: who is in it, in which order it changes, and who said what. */
import type { Defence } from "./defence.ts"

const commits = "packages/crypto/src/mls/commits.ts"
const follow = "packages/crypto/src/mls/follow.ts"
const rules = "packages/crypto/src/mls/commit-rules.ts"
const rulesTest = "packages/crypto/src/mls/commit-rules.test.ts"
const careless = "packages/crypto/src/mls/careless.test.ts"
const hostile = "packages/crypto/src/mls/hostile.test.ts"
const envelope = "packages/crypto/src/mls/envelope.ts"
const speech = "packages/crypto/src/mls/speech.ts"

export const groupDefences: readonly Defence[] = [
  {
    name: "pending commit merged before the server's order",
    rule: "D9.21",
    file: commits,
    text: "  membership.pending = { adds, removes, next }\n",
    replacement: "  membership.pending = { adds, removes, next }\n  raw.mergeCommit()\n",
    test: { file: careless, name: "a commit is not merged before the server's order" },
  },
  {
    name: "pending commit merged before the server's order: the machine",
    rule: "D9",
    file: "packages/call/src/change.ts",
    text: "  return sendCommit(sent)\n",
    replacement: "  return mergeCommit(sent, stage.nextSeq)\n",
    test: { file: "packages/call/src/change.test.ts", name: "our own commit is merged only when it comes back" },
  },
  {
    name: "commit while one is pending: the group",
    rule: "E2",
    file: commits,
    text: '  // E2: the library would take a second one without a word.\n  if (membership.pending !== undefined) return refusal("busy")\n',
    replacement: "",
    test: { file: careless, name: "while one commit is pending no second is built" },
  },
  {
    name: "commit while one is pending: the machine",
    rule: "D9",
    file: "packages/call/src/change.ts",
    text: "if (stage.pending !== undefined || stage.refusal !== undefined || ",
    replacement: "if (stage.refusal !== undefined || ",
    test: { file: "packages/call/src/change.test.ts", name: "two commits are never pending at once" },
  },
  {
    name: "own echo: commits",
    rule: "D9.20",
    file: rules,
    text: '  if (commit.sender === group.own) return refusal("own-echo")\n',
    replacement: "",
    test: { file: careless, name: "our own commit that comes back" },
  },
  {
    name: "trailing bytes",
    rule: "T6",
    file: envelope,
    text: "if (end !== bytes.length) return undefined",
    replacement: "if (end === undefined) return undefined",
    test: { file: careless, name: "bytes left over never reach the engine" },
  },
  {
    name: "PublicMessage accepted",
    rule: "D7",
    file: envelope,
    text: " || view.getUint16(2) !== 2",
    replacement: "",
    test: { file: careless, name: "a PublicMessage, a Welcome or a GroupInfo never reaches the engine" },
  },
  {
    name: "PSK missing",
    rule: "D8",
    file: rules,
    text: 'return psk !== undefined && second === undefined && isSame(psk, group.pskId) ? undefined : refusal("psk-missing")',
    replacement: "return undefined",
    test: { file: careless, name: "an Add without the PSK is dropped" },
  },
  {
    name: "other proposals",
    rule: "A1.13",
    file: rules,
    text: '  if (other > 0) return refusal("forbidden-proposal")\n',
    replacement: "",
    test: { file: careless, name: "a commit with a proposal that is not Add" },
  },
  {
    name: "two leaves of one identity",
    rule: "A1.02",
    file: rules,
    text: '      if (identities.has(toBase64url(identity))) return refusal("identity-taken")\n',
    replacement: "",
    test: { file: rulesTest, name: "no pseudonym and no leaf key is there twice" },
  },
  {
    name: "commits of earlier epochs",
    rule: "A1.06",
    file: follow,
    text: 'return header.epoch === epoch ? undefined : refusal("stale")',
    replacement: "return undefined",
    test: { file: careless, name: "a commit of another epoch or group" },
  },
  {
    name: "commit without verified sender",
    rule: "D34",
    file: rules,
    text: '  if (!group.roster.some((one) => one.leaf === commit.sender)) return refusal("unknown-sender")\n',
    replacement: "",
    test: { file: careless, name: "a commit of a leaf that is nobody's" },
  },
  {
    name: "message without verified sender",
    rule: "D34",
    file: speech,
    text: "sender !== own && roster.some((one) => one.leaf === sender) && ",
    replacement: "sender !== own && ",
    test: { file: careless, name: "a message of a leaf that is nobody's" },
  },
  {
    name: "own echo: messages",
    rule: "D34",
    file: speech,
    text: "sender !== own && ",
    replacement: "own >= 0 && ",
    test: { file: careless, name: "a message of a leaf that is nobody's, or our own" },
  },
  {
    name: "removed member's old epoch: messages",
    rule: "A1.14",
    file: speech,
    text: " && (spokenIn === epoch || !removed.includes(sender))",
    replacement: " && spokenIn <= epoch && removed.length >= 0",
    test: { file: careless, name: "the last epoch's message of a leaf that was removed" },
  },
  {
    name: "alone and going on: the group",
    rule: "D33",
    file: "packages/crypto/src/mls/epoch.ts",
    text: "const isOver = way.removes.length > 0 && roster.length === 1",
    replacement: "const isOver = false",
    test: { file: "packages/crypto/src/mls/group.test.ts", name: "who is left alone by a removal" },
  },
  {
    name: "alone and going on: the machine",
    rule: "D33",
    file: "packages/call/src/adopt.ts",
    text: '  if (gone.length > 0 && group.members.length === 1) return foundAnew(moved, "alone")\n',
    replacement: "",
    test: { file: "packages/call/src/change.test.ts", name: "whom a Remove left alone leaves the call" },
  },
  {
    name: "policy signed by the room key",
    rule: "D4",
    file: "packages/crypto/src/mls/admission.ts",
    text: "const isOurs = !isRefusal(policy) && policy.policy.version >= shown",
    replacement: "const isOurs = true",
    test: { file: hostile, name: "a Welcome into a group with an older policy" },
  },
]
