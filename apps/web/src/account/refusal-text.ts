import { apiProblemText } from "../i18n/api-problem-text.ts"
import type { apiProblems } from "../i18n/en/api-problems.ts"
import type { SayWith } from "../i18n/later-words.ts"
import type { Refusal } from "../view/account.ts"

/** What happened and what to do; undefined when nothing was refused. */
export const refusalText = (refusal: Refusal | undefined, say: SayWith<typeof apiProblems>): string | undefined =>
  refusal && apiProblemText(refusal, say)
