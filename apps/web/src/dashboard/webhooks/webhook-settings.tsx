import { ChevronRight } from "lucide-react"
import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { useAsking } from "../../account/use-asking.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Form } from "../../ui/form.tsx"
import { SwitchRow } from "../../ui/switch-row.tsx"
import { isWhole, WebhookFields } from "./webhook-fields.tsx"
import type { WebhookProps } from "./webhooks-view.ts"

/** Changes a webhook, or switches it off and on again. */
export function WebhookSettings({ of, actions }: WebhookProps) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [draft, set] = useState({ name: of.name, endpoint: of.endpoint, events: of.events })
  const [isEnabled, enable] = useState(of.is_enabled)
  const [isTried, tried] = useState(false)
  const isRefused = asking.refusal?.code === "endpoint-refused"
  const submit = () => {
    tried(true)
    if (isWhole(draft)) asking.ask(() => actions.change(of.id, draft, isEnabled), actions.again)
  }
  return (
    <details>
      <summary>
        <ChevronRight className="icon s" aria-hidden="true" />
        {say("hooks.settings")}
      </summary>
      <Form
        onSubmit={submit}
        submit={say("part.save")}
        isBusy={asking.isBusy}
        trouble={isRefused ? undefined : refusalText(asking.refusal, say)}
        look="plain"
      >
        <WebhookFields draft={draft} onChange={(to) => set({ ...to, events: [...to.events] })} isTried={isTried} isRefused={isRefused} />
        <SwitchRow label={say("hooks.enabled")} note={say("hooks.enabled-note")} isOn={isEnabled} onChange={enable} />
      </Form>
    </details>
  )
}
