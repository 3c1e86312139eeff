import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Form } from "../../ui/form.tsx"
import { Section } from "../parts/section.tsx"
import { useAsking } from "../../account/use-asking.ts"
import type { Room } from "../shapes.ts"
import { changeOf, draftOf, troublesIn, type RoomDraft } from "./room-draft.ts"
import { RoomFields } from "./room-fields.tsx"
import type { RoomPartProps } from "./room-view.ts"

/** Changes what was said of a room when it was made, but its encryption. */
export function RoomSettings({ room, actions }: Omit<RoomPartProps, "view">) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [draft, set] = useState(draftOf(room))
  const [isTried, tried] = useState(false)
  const [isSaved, save] = useState(false)
  const isTaken = asking.refusal?.code === "friendly-url-taken"
  const isChanged = Object.keys(changeOf(draft, room)).length > 0
  const submit = () => {
    tried(true)
    if (isChanged && troublesIn(draft).length === 0) asking.ask(() => actions.change(changeOf(draft, room)), saved)
  }
  const saved = (after: Room) => {
    set(draftOf(after))
    save(true)
    actions.again()
  }
  const change = (to: RoomDraft) => {
    set(to)
    save(false)
  }
  return (
    <Section title={say("room.edit")}>
      <div className="card">
        <Form
          onSubmit={submit}
          submit={say("part.save")}
          isBusy={asking.isBusy}
          trouble={isTaken ? undefined : refusalText(asking.refusal, say)}
          look="plain"
          others={
            <span className="small" role="status">
              {isSaved && say("part.saved")}
            </span>
          }
        >
          <RoomFields draft={draft} onChange={change} isTried={isTried} isTaken={isTaken} isByLink={room.kind === "sealed-by-link"} />
        </Form>
      </div>
    </Section>
  )
}
