import { accountWords } from "../i18n/account-words.ts"
import type { GuardActions, GuardView } from "../view/account.ts"
import { Entrance } from "./entrance.tsx"
import { GuardStep } from "./guard-steps.tsx"

/** After the account is made: something beside the password, or later. */
export function GuardScreen({ view, actions }: { readonly view: GuardView; readonly actions: GuardActions }) {
  const say = accountWords.useWords()
  return (
    <Entrance title={say(`guard.title.${view.step}`)} {...(view.step === "choose" && { lead: say("guard.lead") })} isNext>
      <GuardStep key={view.step} view={view} actions={actions} />
    </Entrance>
  )
}
