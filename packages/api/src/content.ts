/** D31: what other servers hand out here and this one cannot: it is end-to-end encrypted. Said in every answer, for both ways of asking. */

import { operation } from "./operation.ts"
import { oneRoom } from "./rooms.ts"

const contentOf = <const Id extends string, const Path extends `/${string}`>(id: Id, path: Path, what: string) =>
  operation({
    id,
    method: "GET",
    path: `/rooms/{room}/${path.slice(1) as Path extends `/${infer Rest}` ? Rest : never}`,
    tag: "content",
    needs: "rooms.read",
    summary: `Always refused: the server does not have ${what}`,
    params: oneRoom,
    answer: { status: 204 },
    isNeverAnswered: true,
    problems: ["content-is-end-to-end-encrypted"],
  })

export const contentOperations = {
  getChat: contentOf("getChat", "/chat", "the chat"),
  exportChat: contentOf("exportChat", "/chat/export", "the chat"),
  getQuestions: contentOf("getQuestions", "/questions", "questions and answers"),
  exportQuestions: contentOf("exportQuestions", "/questions/export", "questions and answers"),
  getTranscripts: contentOf("getTranscripts", "/transcripts", "what was said"),
  exportTranscripts: contentOf("exportTranscripts", "/transcripts/export", "what was said"),
  getPolls: contentOf("getPolls", "/polls", "polls and votes"),
  exportPolls: contentOf("exportPolls", "/polls/export", "polls and votes"),
} as const
