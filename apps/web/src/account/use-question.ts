import { useState } from "react"
import { api, type Answer } from "../adapters/api.ts"
import type { AccountActions, AccountQuestion } from "../view/account.ts"
import { useAsking } from "./use-asking.ts"

type Posed = Parameters<AccountActions["ask"]>[0]

interface Asking {
  /** What a passkey is called. */
  readonly nameOf: (passkey: string) => string
  /** Carried out; with recovery codes where there are new ones. */
  readonly onDone: (about: Posed["about"], codes: readonly string[] | undefined) => void
}

interface OpenQuestion {
  readonly view: AccountQuestion | undefined
  readonly pose: AccountActions["ask"]
  readonly answer: AccountActions["answer"]
}

/** What cannot be undone: asked, and done at a yes. */
export function useQuestion({ nameOf, onDone }: Asking): OpenQuestion {
  const { isBusy, refusal, ask, clear } = useAsking()
  const [posed, pose] = useState<Posed>()
  const close = () => {
    clear()
    pose(undefined)
  }
  const answer = (isYes: boolean) => {
    if (!isYes || posed === undefined) return close()
    ask(
      () => carryOut(posed),
      (codes) => {
        close()
        onDone(posed.about, codes)
      },
    )
  }
  const view = posed && ({ step: "ask", isBusy, refusal, ...named(posed, nameOf) } as const)
  return { view, pose, answer }
}

const named = (posed: Posed, nameOf: Asking["nameOf"]) =>
  posed.about === "passkey" ? { ...posed, name: nameOf(posed.id) } : { about: posed.about }

async function carryOut(posed: Posed): Promise<Answer<readonly string[] | undefined>> {
  switch (posed.about) {
    case "passkey":
      return api.removePasskey({ params: { passkey: posed.id } })
    case "app":
      return api.removeAuthenticatorApp({})
    case "sessions":
      return api.endAllSessions({})
    case "codes": {
      const answer = await api.renewRecoveryCodes({})
      return answer.kind === "done" ? { kind: "done", value: answer.value.recovery_codes } : answer
    }
  }
}
