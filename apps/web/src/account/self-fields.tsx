import { accountWords } from "../i18n/account-words.ts"
import { Field } from "../ui/field.tsx"
import { NewPasswordField } from "../ui/password-field.tsx"
import type { Refusal, Self, SelfActions } from "../view/account.ts"

interface SelfProps {
  readonly view: Self & { readonly refusal?: Refusal | undefined }
  readonly write: SelfActions["write"]
  readonly isFirst?: boolean
}

/** Who somebody is to be: name, address, password. */
export function SelfFields({ view, write, isFirst = false }: SelfProps) {
  const say = accountWords.useWords()
  const wrong = (field: string) => (view.refusal?.fields?.includes(field) === true ? say("account.field-wrong") : undefined)
  return (
    <>
      <Field
        label={say("account.name")}
        note={say("account.name-note")}
        name="name"
        autoComplete="name"
        maxLength={100}
        isFirst={isFirst}
        value={view.name}
        trouble={wrong("name")}
        onChange={(name) => write({ name })}
      />
      <Field
        label={say("login.email")}
        note={say("account.email-note")}
        type="email"
        name="email"
        autoComplete="username"
        isCode
        value={view.email}
        trouble={view.refusal?.code === "email-taken" ? say("account.field-wrong") : wrong("email")}
        onChange={(email) => write({ email })}
      />
      <PasswordPart password={view.password} refusal={view.refusal} write={write} />
    </>
  )
}

interface PasswordProps {
  readonly password: string
  readonly refusal: Refusal | undefined
  readonly write: (written: { readonly password: string }) => void
  readonly label?: string
}

/** A new password with what it must be. */
export function PasswordPart({ password, refusal, write, label }: PasswordProps) {
  const say = accountWords.useWords()
  const isWrong = refusal?.fields?.includes("password") === true
  return (
    <NewPasswordField
      label={label ?? say("login.password")}
      note={say("account.password-note")}
      trouble={isWrong ? say("account.field-wrong") : undefined}
      value={password}
      show={say("account.password-show")}
      hide={say("account.password-hide")}
      onChange={(written) => write({ password: written })}
    />
  )
}
