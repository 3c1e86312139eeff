import { Copy, Download, KeyRound, Smartphone } from "lucide-react"
import { accountWords } from "../i18n/account-words.ts"
import { Field } from "../ui/field.tsx"
import { Form } from "../ui/form.tsx"
import type { GuardActions, GuardView } from "../view/account.ts"
import { CodeField } from "./code-field.tsx"
import { QrCode } from "./qr.tsx"
import { refusalText } from "./refusal-text.ts"

interface StepProps<Step> {
  readonly view: Extract<GuardView, { readonly step: Step }>
  readonly actions: GuardActions
}

/** What stands under the heading of a step. */
export function GuardStep({ view, actions }: { readonly view: GuardView; readonly actions: GuardActions }) {
  switch (view.step) {
    case "choose":
      return <Choose view={view} actions={actions} />
    case "passkey":
      return <PasskeyStep view={view} actions={actions} />
    case "app":
      return <AppStep view={view} actions={actions} />
    case "codes":
      return <CodesStep view={view} actions={actions} />
  }
}

function Choose({ view, actions }: StepProps<"choose">) {
  const say = accountWords.useWords()
  return (
    <div className="guard">
      <p className="trouble said" role="alert">
        {refusalText(view.refusal, say)}
      </p>
      <div className="ways">
        {view.canPasskey && (
          <button type="button" className="way next" onClick={() => actions.choose("passkey")} disabled={view.isBusy}>
            <KeyRound className="icon" aria-hidden="true" />
            <strong>{say("guard.passkey")}</strong>
            <span>{say("guard.passkey-what")}</span>
          </button>
        )}
        <button type="button" className={view.canPasskey ? "way" : "way next"} onClick={() => actions.choose("app")} disabled={view.isBusy}>
          <Smartphone className="icon" aria-hidden="true" />
          <strong>{say("guard.app")}</strong>
          <span>{say("guard.app-what")}</span>
        </button>
      </div>
      <div className="actions">
        <button type="button" className="button" onClick={() => actions.choose("later")}>
          {say("guard.later")}
        </button>
      </div>
    </div>
  )
}

function PasskeyStep({ view, actions }: StepProps<"passkey">) {
  const say = accountWords.useWords()
  const isWrong = view.refusal?.fields?.includes("name") === true
  return (
    <Form
      onSubmit={actions.submit}
      submit={say("guard.passkey-make")}
      isBusy={view.isBusy}
      trouble={refusalText(view.refusal, say)}
      others={<GiveUp actions={actions} />}
    >
      <Field
        label={say("guard.passkey-name")}
        note={say("guard.passkey-name-note")}
        trouble={isWrong ? say("account.field-wrong") : undefined}
        maxLength={100}
        isFirst
        value={view.name}
        onChange={(name) => actions.write({ name })}
      />
    </Form>
  )
}

function AppStep({ view, actions }: StepProps<"app">) {
  const say = accountWords.useWords()
  return (
    <div className="guard">
      <p className="small">{say("guard.app-scan")}</p>
      <QrCode text={view.uri} label={say("guard.app-picture")} />
      <div>
        <p className="small soft">{say("guard.app-type")}</p>
        <p className="secret-text">{view.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</p>
      </div>
      <Form
        onSubmit={actions.submit}
        submit={say("guard.app-confirm")}
        isBusy={view.isBusy}
        trouble={refusalText(view.refusal, say)}
        others={<GiveUp actions={actions} />}
      >
        <CodeField value={view.code} refusal={view.refusal} isOfApp onChange={(code) => actions.write({ code })} />
      </Form>
    </div>
  )
}

function CodesStep({ view, actions }: StepProps<"codes">) {
  const say = accountWords.useWords()
  return (
    <div className="guard">
      <p className="small">{say("guard.codes-what")}</p>
      <ol className="recovery-codes">
        {view.codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="actions">
        <button type="button" className="button" onClick={actions.copy}>
          <Copy className="icon s" aria-hidden="true" />
          {say("guard.codes-copy")}
        </button>
        <button type="button" className="button" onClick={actions.save}>
          <Download className="icon s" aria-hidden="true" />
          {say("guard.codes-save")}
        </button>
      </div>
      <label className="kept">
        <input type="checkbox" checked={view.isKept} onChange={(event) => actions.keep(event.target.checked)} />
        {say("guard.codes-kept")}
      </label>
      <div className="actions">
        <button type="button" className="button primary" onClick={actions.done} disabled={!view.isKept}>
          {say("account.continue")}
        </button>
      </div>
    </div>
  )
}

function GiveUp({ actions }: { readonly actions: GuardActions }) {
  const say = accountWords.useWords()
  return (
    <button type="button" className="button quiet" onClick={() => actions.choose("later")}>
      {say("account.cancel")}
    </button>
  )
}
