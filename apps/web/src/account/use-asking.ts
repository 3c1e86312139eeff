import { useState } from "react"
import type { Refusal } from "../view/account.ts"
import type { Answer } from "../adapters/api.ts"
import type { NoPasskey } from "../adapters/passkeys.ts"
import { useStepUp } from "./step-up.tsx"
import { isSignedOut } from "./use-account.ts"

/** What one press asks for, and how that goes. */
export interface Asking {
  readonly isBusy: boolean
  readonly refusal: Refusal | undefined
  /** What needs a fresh login asks for it and goes on by itself. `done` is called with the answer unless it was refused. */
  readonly ask: <Value>(run: () => Promise<Answer<Value> | NoPasskey>, done: (value: Value) => void) => void
  /** Forgets why the last one was refused. */
  readonly clear: () => void
}

const quiet = { isBusy: false, refusal: undefined }

/** One thing at a time. */
export function useAsking(): Asking {
  const afresh = useStepUp()
  const [state, set] = useState<Pick<Asking, "isBusy" | "refusal">>(quiet)
  const ask: Asking["ask"] = (run, done) => {
    set({ isBusy: true, refusal: undefined })
    void afresh(run).then((answer) => {
      if (answer.kind === "done") {
        set(quiet)
        done(answer.value)
      } else if (!isSignedOut(answer)) set({ isBusy: false, refusal: answer })
    })
  }
  return { ...state, ask, clear: () => set(quiet) }
}
