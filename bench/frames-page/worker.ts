/** Answers the page's questions, one at a time. LiveKit's worker code owns `onmessage` here; ours listens beside it. */

import { costOf } from "./cost.ts"
import { prepareLoad } from "./load.ts"
import type { Answer, Load, Question } from "./questions.ts"

let prepared: (() => Promise<Load>) | undefined

async function answer(question: Question): Promise<unknown> {
  if (question.do === "cost") return costOf(question.size, question.direction, question.maker)
  if (question.do === "load") return prepared?.()
  prepared = await prepareLoad(question.maker, question.direction, question.seconds)
  return null
}

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  const say = (message: Answer): void => postMessage(message)
  answer(data).then(
    (result) => say({ result }),
    (error: unknown) => say({ error: error instanceof Error ? `${error.message} ${error.stack ?? ""}` : String(error) }),
  )
})
