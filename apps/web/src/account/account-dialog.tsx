import { accountWords } from "../i18n/account-words.ts"
import { Dialog } from "../ui/dialog.tsx"
import { Form } from "../ui/form.tsx"
import type { AccountActions, AccountQuestion, AccountView } from "../view/account.ts"
import { GuardStep } from "./guard-steps.tsx"
import { refusalText } from "./refusal-text.ts"

interface DialogProps<View> {
  readonly view: View
  readonly actions: AccountActions
}

/** What stands over the page: a step of adding something, or a question. */
export function AccountDialog({ view, actions }: DialogProps<NonNullable<AccountView["open"]>>) {
  const say = accountWords.useWords()
  if (view.step === "ask") return <Question view={view} actions={actions} />
  // Codes are shown this once: nothing closes them but the key below them.
  const close = view.step === "codes" ? {} : { close: say("account.cancel") }
  return (
    <Dialog title={say(`guard.title.${view.step}`)} {...close} onClose={actions.close}>
      <GuardStep view={view} actions={actions.guard} />
    </Dialog>
  )
}

function Question({ view, actions }: DialogProps<AccountQuestion>) {
  const say = accountWords.useWords()
  const title = view.about === "passkey" ? say("ask.passkey", { name: view.name }) : say(`ask.${view.about}`)
  return (
    <Dialog title={title} close={say("account.cancel")} onClose={() => actions.answer(false)}>
      <p>{say(`ask.${view.about}-what`)}</p>
      <Form
        onSubmit={() => actions.answer(true)}
        submit={say(`ask.${view.about}-do`)}
        look="danger"
        isBusy={view.isBusy}
        trouble={refusalText(view.refusal, say)}
        others={
          <button type="button" className="button" onClick={() => actions.answer(false)} autoFocus>
            {say("account.cancel")}
          </button>
        }
      >
        {null}
      </Form>
    </Dialog>
  )
}
