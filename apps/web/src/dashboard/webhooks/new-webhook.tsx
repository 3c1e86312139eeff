import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { useAsking } from "../../account/use-asking.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { ChoiceField } from "../../ui/field.tsx"
import { Form } from "../../ui/form.tsx"
import { Section } from "../parts/section.tsx"
import type { ShownWebhook, Team } from "../shapes.ts"
import { isWhole, WebhookFields } from "./webhook-fields.tsx"
import type { WebhookDraft, WebhooksActions } from "./webhooks-view.ts"

interface NewWebhookProps {
  readonly teams: readonly Team[]
  readonly make: WebhooksActions["make"]
  readonly onMade: (webhook: ShownWebhook) => void
}

const empty: WebhookDraft = { name: "", endpoint: "", events: ["session_started", "session_ended"] }

/** Makes a webhook; its secret is shown once. */
export function NewWebhook({ teams, make, onMade }: NewWebhookProps) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [draft, set] = useState(empty)
  const [team, choose] = useState<string>(teams[0]?.id ?? "")
  const [isTried, tried] = useState(false)
  const isRefused = asking.refusal?.code === "endpoint-refused"
  const made = (webhook: ShownWebhook) => {
    set(empty)
    tried(false)
    onMade(webhook)
  }
  const submit = () => {
    tried(true)
    if (isWhole(draft)) asking.ask(() => make(draft, team === "" ? undefined : team), made)
  }
  return (
    <Section title={say("hooks.new")} className="making">
      <div className="card">
        <Form
          onSubmit={submit}
          submit={say("hooks.make")}
          isBusy={asking.isBusy}
          trouble={isRefused ? undefined : refusalText(asking.refusal, say)}
        >
          {teams.length > 1 && (
            <ChoiceField
              label={say("room.team")}
              value={team}
              choices={teams.map((one) => ({ name: one.id, label: one.name }))}
              onChoose={choose}
            />
          )}
          <WebhookFields draft={draft} onChange={set} isTried={isTried} isRefused={isRefused} />
        </Form>
      </div>
    </Section>
  )
}
