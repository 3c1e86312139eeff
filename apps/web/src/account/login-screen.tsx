import { KeyRound } from "lucide-react"
import { accountWords } from "../i18n/account-words.ts"
import { Field } from "../ui/field.tsx"
import { Form } from "../ui/form.tsx"
import type { LoginActions, LoginView } from "../view/account.ts"
import { CodeField } from "./code-field.tsx"
import { Entrance } from "./entrance.tsx"
import { refusalText } from "./refusal-text.ts"

interface ScreenProps<View> {
  readonly view: View
  readonly actions: LoginActions
}

/** Signing in: address and password, or a passkey; then a code if the account has an app. */
export function LoginScreen({ view, actions }: ScreenProps<LoginView>) {
  return view.step === "password" ? <PasswordStep view={view} actions={actions} /> : <CodeStep view={view} actions={actions} />
}

function PasswordStep({ view, actions }: ScreenProps<Extract<LoginView, { readonly step: "password" }>>) {
  const say = accountWords.useWords()
  const isWrong = (field: string) => view.refusal?.fields?.includes(field) === true
  return (
    <Entrance title={say("login.title")}>
      <Form onSubmit={actions.submit} submit={say("login.submit")} isBusy={view.isBusy} trouble={refusalText(view.refusal, say)}>
        <Field
          label={say("login.email")}
          type="email"
          name="email"
          autoComplete="username"
          isCode
          isFirst
          value={view.email}
          trouble={isWrong("email") ? say("account.field-wrong") : undefined}
          onChange={(email) => actions.write({ email })}
        />
        <Field
          label={say("login.password")}
          type="password"
          name="password"
          autoComplete="current-password"
          value={view.password}
          trouble={isWrong("password") ? say("account.field-wrong") : undefined}
          onChange={(password) => actions.write({ password })}
        />
      </Form>
      {view.canPasskey && (
        <div className="or">
          <button type="button" className="button wide" onClick={actions.showPasskey} disabled={view.isBusy}>
            <KeyRound className="icon s" aria-hidden="true" />
            {say("login.passkey")}
          </button>
        </div>
      )}
      <p className="small soft">{say("login.lost")}</p>
    </Entrance>
  )
}

function CodeStep({ view, actions }: ScreenProps<Extract<LoginView, { readonly step: "code" }>>) {
  const say = accountWords.useWords()
  return (
    <Entrance title={say("login.code-title")} lead={say("login.code-lead")} isNext>
      <Form
        onSubmit={actions.submit}
        submit={say("login.submit")}
        isBusy={view.isBusy}
        trouble={refusalText(view.refusal, say)}
        others={
          <button type="button" className="button quiet" onClick={actions.back}>
            {say("account.back")}
          </button>
        }
      >
        <CodeField value={view.code} refusal={view.refusal} isFirst onChange={(code) => actions.write({ code })} />
      </Form>
    </Entrance>
  )
}
