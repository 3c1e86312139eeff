/** Defences of what members say to each other, and of who ends a call for all. */
import type { Defence } from "./defence.ts"

const callRules = "packages/crypto/src/mls/call-rules.ts"
const callTest = "packages/crypto/src/mls/call-rules.test.ts"
const rulesTest = "packages/crypto/src/mls/rules.test.ts"
const words = "packages/call/src/words.ts"
const wordsTest = "packages/call/src/words.test.ts"
const gathering = "packages/collab/src/step.ts"
const gatheringTest = "packages/collab/src/gathering.test.ts"

export const togetherDefences: readonly Defence[] = [
  {
    name: "together: who ends a call",
    rule: "D8.31",
    file: callRules,
    text: '  if (role !== undefined && role !== "host") return refusal("may-not-end")\n',
    replacement: "",
    test: { file: callTest, name: "a co-host or member who tries is refused" },
  },
  {
    name: "together: a call ends for everybody or not at all",
    rule: "D8.31",
    file: callRules,
    text: "return isAll && adds.length === 0 ? undefined",
    replacement: "return ended.size > 0 && isAll !== undefined && adds.length === 0 ? undefined",
    test: { file: callTest, name: "a host ends the call, for everybody else at once" },
  },
  {
    name: "together: who stays refuses a member's end",
    rule: "D8.31",
    file: callRules,
    text: "  if (isEnd(commit)) return judgeEnd(call, commit)\n",
    replacement: "  if (isEnd(commit)) return undefined\n",
    test: { file: rulesTest, name: "a member ends no call" },
  },
  {
    name: "together: who goes judges the end",
    rule: "D8.32",
    file: "packages/crypto/src/mls/follow.ts",
    text: "...(fault && { rule: fault.refused }) }",
    replacement: "...(fault === undefined && { rule: undefined }) }",
    test: { file: rulesTest, name: "whom a member removes as if the call had ended" },
  },
  {
    name: "together: whom a member's end throws out comes back",
    rule: "D8.32",
    file: "packages/call/src/in-call.ts",
    text: "  if (rule !== undefined) return startOver(",
    replacement: '  if (rule === "unknown") return startOver(',
    test: { file: "packages/call/src/end.test.ts", name: "whom somebody removed so who may not" },
  },
  {
    name: "together: nothing is said while nothing may be sent",
    rule: "D34.11",
    file: words,
    text: " && peers.length > 0 && !mustPause(session)",
    replacement: " && (peers.length > 0 || mustPause(session))",
    test: { file: wordsTest, name: "a word that cannot be heard now is not said later" },
  },
  {
    name: "together: words have a name",
    rule: "D34.12",
    file: words,
    text: "peer === undefined || personAt(session, from) === undefined",
    replacement: "peer === undefined || personAt(session, from) === null",
    test: { file: wordsTest, name: "words and states of a leaf without a proved name" },
  },
  {
    name: "together: nobody floods a screen",
    rule: "D34.13",
    file: words,
    text: "  if (left < 1) return [session]\n",
    replacement: "",
    test: { file: wordsTest, name: "of one member twenty words at once" },
  },
  {
    name: "together: what is said has one size",
    rule: "D34.17",
    file: "packages/crypto/src/mls/filling.ts",
    text: "new Uint8Array(Math.ceil(text.length / step) * step)",
    replacement: "new Uint8Array(text.length)",
    test: { file: "packages/crypto/src/mls/messages.test.ts", name: "what people say is of one size" },
  },
  {
    name: "together: who lowers another's hand",
    rule: "D34.15",
    file: gathering,
    text: "if (!seat.isModerator || word.of !== self",
    replacement: "if (word.of !== self",
    test: { file: gatheringTest, name: "a host or co-host lowers a hand" },
  },
  {
    name: "together: who asks to unmute",
    rule: "D34.15",
    file: gathering,
    text: "return [seat.isModerator && word.to === self && isFree",
    replacement: "return [word.to === self && isFree",
    test: { file: gatheringTest, name: "nobody is unmuted: a host asks" },
  },
  {
    name: "together: whose spotlight counts",
    rule: "D34.15",
    file: "packages/collab/src/view.ts",
    text: "const counts = seat.isModerator && spotlight !== undefined",
    replacement: "const counts = spotlight !== undefined",
    test: { file: gatheringTest, name: "spotlights the newest counts" },
  },
  {
    name: "together: traces without what people say",
    rule: "D10.30",
    file: "packages/call/src/trace.ts",
    text: 'new Set(["link", "body", "state"])',
    replacement: 'new Set(["link"])',
    test: { file: wordsTest, name: "what people say is blank in a trace" },
  },
]
