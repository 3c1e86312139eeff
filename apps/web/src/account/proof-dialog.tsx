import { KeyRound } from "lucide-react"
import { accountWords } from "../i18n/account-words.ts"
import { Dialog } from "../ui/dialog.tsx"
import { Field } from "../ui/field.tsx"
import { Form } from "../ui/form.tsx"
import type { ProofActions, ProofView } from "../view/account.ts"
import { CodeField } from "./code-field.tsx"
import { refusalText } from "./refusal-text.ts"

/** D41.4: the question comes over what was being done; nothing of that is lost. */
export function ProofDialog({ view, actions }: { readonly view: ProofView; readonly actions: ProofActions }) {
  const say = accountWords.useWords()
  return (
    <Dialog title={say("account.proof-title")} close={say("account.cancel")} onClose={actions.giveUp}>
      <p className="small">{say("account.proof-why")}</p>
      <Form
        onSubmit={actions.submit}
        submit={say("account.continue")}
        isBusy={view.isBusy}
        trouble={refusalText(view.refusal, say)}
        others={
          view.canPasskey && (
            <button type="button" className="button quiet" onClick={actions.showPasskey} disabled={view.isBusy}>
              <KeyRound className="icon s" aria-hidden="true" />
              {say("login.passkey")}
            </button>
          )
        }
      >
        <Field
          label={say("login.password")}
          type="password"
          name="password"
          autoComplete="current-password"
          value={view.password}
          onChange={(password) => actions.write({ password })}
          isFirst
        />
        {view.needsCode && <CodeField value={view.code} refusal={view.refusal} onChange={(code) => actions.write({ code })} />}
      </Form>
    </Dialog>
  )
}
