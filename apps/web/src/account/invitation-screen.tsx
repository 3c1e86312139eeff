import { accountWords } from "../i18n/account-words.ts"
import { Form } from "../ui/form.tsx"
import type { InvitationView, SelfActions } from "../view/account.ts"
import { Entrance } from "./entrance.tsx"
import { refusalText } from "./refusal-text.ts"
import { PasswordPart, SelfFields } from "./self-fields.tsx"

interface ScreenProps<View> {
  readonly view: View
  readonly actions: SelfActions
}

/** What a link makes: an account, or a new way into one. */
export function InvitationScreen({ view, actions }: ScreenProps<InvitationView>) {
  const say = accountWords.useWords()
  switch (view.kind) {
    case "void":
      return (
        <Entrance title={say("invitation.void")} lead={refusalText(view.refusal, say)}>
          <div className="actions">
            <a className="button" href="/login">
              {say("login.title")}
            </a>
          </div>
        </Entrance>
      )
    case "new-account":
      return <NewAccount view={view} actions={actions} />
    case "recovery":
      return <Recovery view={view} actions={actions} />
  }
}

function NewAccount({ view, actions }: ScreenProps<Extract<InvitationView, { readonly kind: "new-account" }>>) {
  const say = accountWords.useWords()
  const role = say(`account.role.${view.role}`)
  const lead = view.team === undefined ? say("invitation.lead", { role }) : say("invitation.lead-team", { role, team: view.team })
  return (
    <Entrance title={say("invitation.title", { organisation: view.organisation })} lead={lead}>
      <Form onSubmit={actions.submit} submit={say("invitation.submit")} isBusy={view.isBusy} trouble={refusalText(view.refusal, say)}>
        <SelfFields view={view} write={actions.write} isFirst />
      </Form>
    </Entrance>
  )
}

function Recovery({ view, actions }: ScreenProps<Extract<InvitationView, { readonly kind: "recovery" }>>) {
  const say = accountWords.useWords()
  return (
    <Entrance title={say("recovery.title")} lead={say("recovery.lead", { organisation: view.organisation })}>
      <Form onSubmit={actions.submit} submit={say("recovery.submit")} isBusy={view.isBusy} trouble={refusalText(view.refusal, say)}>
        <PasswordPart label={say("account.new-password")} password={view.password} refusal={view.refusal} write={actions.write} />
      </Form>
    </Entrance>
  )
}
