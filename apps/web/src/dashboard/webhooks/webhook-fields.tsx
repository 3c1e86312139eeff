import { webhookEvents, type WebhookEventName } from "@conclave/api"
import { useId } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Field } from "../../ui/field.tsx"
import type { WebhookDraft } from "./webhooks-view.ts"

interface FieldsProps {
  readonly draft: WebhookDraft
  readonly onChange: (draft: WebhookDraft) => void
  /** Once something was sent, what is missing is said. */
  readonly isTried: boolean
  /** The server does not send to this address. */
  readonly isRefused: boolean
}

const eventNames = Object.keys(webhookEvents) as WebhookEventName[]

export const isWhole = ({ name, endpoint, events }: WebhookDraft): boolean =>
  name.trim() !== "" && endpoint.trim().startsWith("https://") && events.length > 0

/** Name, address and events of a webhook. */
export function WebhookFields({ draft, onChange, isTried, isRefused }: FieldsProps) {
  const say = dashboardWords.useWords()
  const isBadAddress = isRefused || (isTried && !draft.endpoint.trim().startsWith("https://"))
  return (
    <>
      <Field
        label={say("hooks.name")}
        value={draft.name}
        maxLength={100}
        trouble={isTried && draft.name.trim() === "" ? say("part.needed") : undefined}
        onChange={(name) => onChange({ ...draft, name })}
      />
      <Field
        label={say("hooks.endpoint")}
        note={say("hooks.endpoint-note")}
        value={draft.endpoint}
        type="url"
        maxLength={2000}
        isCode
        trouble={isBadAddress ? say("hooks.endpoint-wrong") : undefined}
        onChange={(endpoint) => onChange({ ...draft, endpoint })}
      />
      <Events draft={draft} onChange={onChange} trouble={isTried && draft.events.length === 0 ? say("hooks.events-none") : undefined} />
    </>
  )
}

function Events({ draft, onChange, trouble }: Pick<FieldsProps, "draft" | "onChange"> & { readonly trouble: string | undefined }) {
  const say = dashboardWords.useWords()
  const id = useId()
  const choose = (event: WebhookEventName, isChosen: boolean) =>
    onChange({ ...draft, events: eventNames.filter((one) => (one === event ? isChosen : draft.events.includes(one))) })
  return (
    <fieldset aria-describedby={id}>
      <legend className="label">{say("hooks.events")}</legend>
      {eventNames.map((event) => (
        <label key={event} className="pick">
          <input type="checkbox" checked={draft.events.includes(event)} onChange={({ target }) => choose(event, target.checked)} />
          <span>
            {say(`event.${event}`)} <code className="sub">{event}</code>
          </span>
        </label>
      ))}
      <p className="trouble" id={id}>
        {trouble}
      </p>
    </fieldset>
  )
}
