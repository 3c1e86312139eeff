/** What to tell somebody whose request was refused. */

import { apiProblems } from "./en/api-problems.ts"
import type { SayWith } from "./later-words.ts"

type ProblemKey = keyof typeof apiProblems

const isSaid = (key: string): key is Exclude<ProblemKey, `api-problem.later-${string}`> =>
  Object.hasOwn(apiProblems, key) && !key.startsWith("api-problem.later-")

/** `code` as the server says it; one that has no words of its own gets the general ones. `retryAfter` in seconds. */
export function apiProblemText(
  { code, retryAfter }: { readonly code: string; readonly retryAfter?: number | undefined },
  say: SayWith<typeof apiProblems>,
): string {
  const key = `api-problem.${code}`
  const text = say(isSaid(key) ? key : "api-problem.other")
  if (retryAfter === undefined) return text
  const isLong = retryAfter >= 60
  return `${text} ${say(isLong ? "api-problem.later-minutes" : "api-problem.later-seconds", { count: isLong ? Math.ceil(retryAfter / 60) : retryAfter })}`
}
