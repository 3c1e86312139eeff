import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { ChoiceField } from "../../ui/field.tsx"
import { Form } from "../../ui/form.tsx"
import { useAsking } from "../../account/use-asking.ts"
import type { PersonProps } from "./people-view.ts"

/** Gives somebody another role in the organisation, out of those that one may give (D36.17). */
export function PersonRole({ person, view, actions }: PersonProps) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [role, choose] = useState(person.role)
  const submit = () => {
    if (role !== person.role) asking.ask(() => actions.setRole(person.id, role), actions.again)
  }
  return (
    <Form onSubmit={submit} submit={say("staff.change")} isBusy={asking.isBusy} trouble={refusalText(asking.refusal, say)} look="plain">
      <ChoiceField
        label={say("staff.role")}
        note={`${say(`staff.role.${role}-what`)} ${say("staff.change-note")}`}
        value={role}
        choices={view.rolesToGive.map((one) => ({ name: one, label: say(`staff.role.${one}`) }))}
        onChoose={choose}
      />
    </Form>
  )
}
