import { accountWords } from "../i18n/account-words.ts"
import { Field } from "../ui/field.tsx"
import { Form } from "../ui/form.tsx"
import type { SelfActions, SetupView } from "../view/account.ts"
import { Entrance } from "./entrance.tsx"
import { refusalText } from "./refusal-text.ts"
import { SelfFields } from "./self-fields.tsx"

/** The organisation and its first owner. */
export function SetupScreen({ view, actions }: { readonly view: SetupView; readonly actions: SelfActions }) {
  const say = accountWords.useWords()
  return (
    <Entrance title={say("setup.title")} lead={say("setup.lead")}>
      <Form onSubmit={actions.submit} submit={say("setup.submit")} isBusy={view.isBusy} trouble={refusalText(view.refusal, say)}>
        <Field
          label={say("setup.organisation")}
          note={say("setup.organisation-note")}
          name="organization"
          autoComplete="organization"
          maxLength={200}
          isFirst
          value={view.organisation}
          trouble={view.refusal?.fields?.includes("organisation") === true ? say("account.field-wrong") : undefined}
          onChange={(organisation) => actions.write({ organisation })}
        />
        <SelfFields view={view} write={actions.write} />
      </Form>
    </Entrance>
  )
}
