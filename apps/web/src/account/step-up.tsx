/** D41.4: what a stolen session must not do asks again who one is, and then goes on by itself. */

import { createContext, Suspense, use, useCallback, useState, type ReactNode } from "react"
import { accountWords } from "../i18n/account-words.ts"
import { ProofPrompt } from "./proof-prompt.tsx"

type Asked = { readonly kind: "done" } | { readonly kind: "refused"; readonly code: string }

/** Runs something, a second time once who asks has shown who they are. Given up: the server's first refusal. */
type Afresh = <Answer extends Asked>(run: () => Promise<Answer>) => Promise<Answer>

const Proving = createContext<Afresh>((run) => run())

export const useStepUp = (): Afresh => use(Proving)

/** Where the dialog stands for whatever is asked below it. */
export function StepUp({ children }: { readonly children: ReactNode }) {
  const [waiting, wait] = useState<{ readonly settle: (isProven: boolean) => void }>()
  const afresh: Afresh = useCallback(async (run) => {
    const answer = await run()
    if (answer.kind !== "refused" || answer.code !== "fresh-login-needed") return answer
    const isProven = await new Promise<boolean>((settle) => wait({ settle }))
    wait(undefined)
    return isProven ? run() : answer
  }, [])
  return (
    <Proving value={afresh}>
      {children}
      {waiting !== undefined && (
        <Suspense>
          <accountWords.Speaking>
            <ProofPrompt onSettled={waiting.settle} />
          </accountWords.Speaking>
        </Suspense>
      )}
    </Proving>
  )
}
