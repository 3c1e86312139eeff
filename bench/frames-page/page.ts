/** Passes the bench's questions to its worker. */

import BenchWorker from "./worker.ts?worker"
import type { Answer, Question } from "./questions.ts"

/** What the page offers the bench: the answer as JSON. */
export type AskFrames = (question: Question) => Promise<string>

const worker = new BenchWorker()

const ask: AskFrames = (question) =>
  new Promise((resolve, reject) => {
    const listen = ({ data }: MessageEvent<Answer | { readonly kind: string }>): void => {
      // LiveKit's worker code logs to the page from the same worker.
      if ("kind" in data) return
      worker.removeEventListener("message", listen)
      if ("error" in data) reject(new Error(data.error))
      else resolve(JSON.stringify(data.result))
    }
    worker.addEventListener("message", listen)
    worker.postMessage(question)
  })

worker.addEventListener("error", ({ message }) => console.error(message))

Object.defineProperty(globalThis, "askFrames", { value: ask })
