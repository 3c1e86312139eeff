import { accountWords } from "../i18n/account-words.ts"
import { Field } from "../ui/field.tsx"
import { Form } from "../ui/form.tsx"
import type { AccountActions, AccountView } from "../view/account.ts"
import { Card } from "./card.tsx"
import { refusalText } from "./refusal-text.ts"
import { PasswordPart } from "./self-fields.tsx"

interface CardProps {
  readonly view: AccountView
  readonly actions: AccountActions
}

/** What others read, and what one is here. */
export function NameCard({ view, actions }: CardProps) {
  const say = accountWords.useWords()
  const { written, isBusy, isSaved, refusal } = view.name
  return (
    <Card title={say("account.you")}>
      <dl className="facts">
        <dt>{say("login.email")}</dt>
        <dd>
          <bdi>{view.email}</bdi>
        </dd>
        <dt>{say("account.role")}</dt>
        <dd>{say(`account.role.${view.role}`)}</dd>
      </dl>
      <Form
        onSubmit={actions.saveName}
        submit={say("account.save")}
        look="plain"
        isBusy={isBusy}
        trouble={refusalText(refusal, say)}
        others={<Saved isSaved={isSaved} />}
      >
        <Field
          label={say("account.name")}
          autoComplete="name"
          maxLength={100}
          value={written}
          trouble={refusal?.fields?.includes("name") === true ? say("account.field-wrong") : undefined}
          onChange={(name) => actions.write({ name })}
        />
      </Form>
    </Card>
  )
}

/** Another password; it ends every other session. */
export function PasswordCard({ view, actions }: CardProps) {
  const say = accountWords.useWords()
  const { written, isBusy, isSaved, refusal } = view.password
  return (
    <Card title={say("login.password")}>
      <Form
        onSubmit={actions.savePassword}
        submit={say("account.password-change")}
        look="plain"
        isBusy={isBusy}
        trouble={refusalText(refusal, say)}
        others={<Saved isSaved={isSaved} />}
      >
        <PasswordPart label={say("account.new-password")} password={written} refusal={refusal} write={actions.write} />
        <p className="small soft">{say("account.ends-others")}</p>
      </Form>
    </Card>
  )
}

function Saved({ isSaved }: { readonly isSaved: boolean }) {
  const say = accountWords.useWords()
  return (
    <span className="small soft" role="status">
      {isSaved && say("account.saved")}
    </span>
  )
}
