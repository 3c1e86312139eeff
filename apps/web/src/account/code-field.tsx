import { accountWords } from "../i18n/account-words.ts"
import { Field } from "../ui/field.tsx"
import type { Refusal } from "../view/account.ts"

interface CodeProps {
  readonly value: string
  readonly refusal: Refusal | undefined
  readonly onChange: (code: string) => void
  readonly isFirst?: boolean
  /** Setting an app up: a recovery code does not do. */
  readonly isOfApp?: boolean
}

/** Six digits of an authenticator app, or a recovery code. */
export function CodeField({ value, refusal, onChange, isFirst = false, isOfApp = false }: CodeProps) {
  const say = accountWords.useWords()
  const isWrong = refusal?.code === "code-refused" || refusal?.fields?.includes("code") === true
  return (
    <Field
      label={say("login.code")}
      note={isOfApp ? undefined : say("login.code-note")}
      trouble={isWrong ? say("account.field-wrong") : undefined}
      name="code"
      autoComplete="one-time-code"
      inputMode={isOfApp ? "numeric" : "text"}
      maxLength={40}
      isCode
      isFirst={isFirst}
      value={value}
      onChange={onChange}
    />
  )
}
