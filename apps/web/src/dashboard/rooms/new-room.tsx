import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { ChoiceField } from "../../ui/field.tsx"
import { Form } from "../../ui/form.tsx"
import { SwitchRow } from "../../ui/switch-row.tsx"
import { Section } from "../parts/section.tsx"
import { useAsking } from "../../account/use-asking.ts"
import { emptyDraft, troublesIn } from "./room-draft.ts"
import { RoomFields } from "./room-fields.tsx"
import type { Making, MakingView, RoomsActions } from "./rooms-view.ts"
import { SealingMeans } from "./sealing-means.tsx"

interface NewRoomProps {
  readonly view: MakingView
  readonly actions: Pick<RoomsActions, "make" | "made">
  /** For the gallery. */
  readonly first?: Partial<Making>
}

/** Makes a room: sealed, unless it is opened to the server here, with what that means beside it. */
export function NewRoom({ view, actions, first }: NewRoomProps) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [making, set] = useState<Making>({ draft: emptyDraft, team: view.teams[0]?.id, isSealed: true, ...first })
  const [isTried, tried] = useState(false)
  const mayOpen = making.team !== undefined && view.mayOpenIn.includes(making.team)
  const isSealed = making.isSealed || !mayOpen
  const isTaken = asking.refusal?.code === "friendly-url-taken"
  const submit = () => {
    tried(true)
    if (troublesIn(making.draft).length === 0) asking.ask(() => actions.make({ ...making, isSealed }), actions.made)
  }
  return (
    <Section title={say("room.new")} className="making">
      <div className="card">
        <Form
          onSubmit={submit}
          submit={say("room.make")}
          isBusy={asking.isBusy}
          trouble={isTaken ? undefined : refusalText(asking.refusal, say)}
        >
          {view.teams.length > 1 && (
            <ChoiceField
              label={say("room.team")}
              value={making.team ?? ""}
              choices={view.teams.map(({ id, name }) => ({ name: id, label: name }))}
              onChoose={(team) => set({ ...making, team })}
            />
          )}
          <RoomFields draft={making.draft} onChange={(draft) => set({ ...making, draft })} isTried={isTried} isTaken={isTaken} />
          <div className="sealing">
            <SwitchRow
              label={say("sealing.switch")}
              isOn={isSealed}
              isDisabled={!mayOpen}
              onChange={(to) => set({ ...making, isSealed: to })}
            />
            <SealingMeans isOn={isSealed} />
            <p className="small soft">{say(mayOpen ? "sealing.when" : "sealing.denied")}</p>
          </div>
        </Form>
      </div>
    </Section>
  )
}
