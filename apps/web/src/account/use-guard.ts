import { useState } from "react"
import { api } from "../adapters/api.ts"
import { hasPasskeys, makePasskey } from "../adapters/passkeys.ts"
import { accountWords } from "../i18n/account-words.ts"
import type { GuardActions, GuardView } from "../view/account.ts"
import { saveText } from "./save-text.ts"
import { useAsking } from "./use-asking.ts"

type Step =
  | { readonly step: "passkey"; readonly name: string }
  | { readonly step: "app"; readonly ticket: string; readonly secret: string; readonly uri: string; readonly code: string }
  | { readonly step: "codes"; readonly codes: readonly string[]; readonly isKept: boolean }

interface Ends {
  /** A passkey is there, or an app and its codes were shown. */
  readonly onDone: () => void
  /** Nothing was begun, and nothing is wanted. */
  readonly onLater: () => void
}

export interface Guard {
  readonly view: GuardView
  /** Something is begun. */
  readonly isOpen: boolean
  readonly actions: GuardActions
  /** Recovery codes that came another way. */
  readonly show: (codes: readonly string[]) => void
}

/** Adding a passkey or an authenticator app, from choosing to the end. */
export function useGuard({ onDone, onLater }: Ends): Guard {
  const say = accountWords.useWords()
  const { isBusy, refusal, ask, clear } = useAsking()
  const [step, go] = useState<Step>()
  const show = (codes: readonly string[]) => go({ step: "codes", codes, isKept: false })
  const end = () => {
    go(undefined)
    onDone()
  }
  const begin = (what: "passkey" | "app") => {
    clear()
    if (what === "passkey") go({ step: "passkey", name: say("guard.passkey-here") })
    else
      ask(
        () => api.beginAuthenticatorApp({}),
        (app) => go({ step: "app", ...app, code: "" }),
      )
  }
  const leave = () => {
    clear()
    go(undefined)
    if (step === undefined) onLater()
  }
  const text = step?.step === "codes" ? `${step.codes.join("\n")}\n` : ""
  const actions: GuardActions = {
    choose: (what) => (what === "later" ? leave() : begin(what)),
    write: (written) => step !== undefined && go({ ...step, ...written }),
    submit: () => {
      if (step?.step === "passkey") ask(() => addPasskey(step.name), end)
      if (step?.step === "app")
        ask(
          () => confirmApp(step),
          ({ recovery_codes }) => show(recovery_codes),
        )
    },
    keep: (isKept) => step?.step === "codes" && go({ ...step, isKept }),
    copy: () => void navigator.clipboard.writeText(text),
    save: () => saveText(text, "conclave-recovery-codes.txt"),
    done: end,
  }
  return {
    view: { ...(step ?? { step: "choose", canPasskey: hasPasskeys() }), isBusy, refusal },
    isOpen: step !== undefined,
    actions,
    show,
  }
}

const confirmApp = ({ ticket, code }: { readonly ticket: string; readonly code: string }) =>
  api.confirmAuthenticatorApp({ body: { ticket, code: code.replaceAll(/\s/g, "") } })

async function addPasskey(name: string) {
  const challenge = await api.askNewPasskey({})
  if (challenge.kind === "refused") return challenge
  const made = await makePasskey(challenge.value.options)
  if (made.kind === "refused") return made
  return api.addPasskey({ body: { ticket: challenge.value.ticket, name, response: made.value } })
}
