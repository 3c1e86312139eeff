import { useCallback } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Table, type Column } from "../../ui/table.tsx"
import { useMoments } from "../parts/moment.tsx"
import { Shown } from "../parts/shown.tsx"
import type { Participant } from "../shapes.ts"
import { useLoaded } from "../use-loaded.ts"
import type { LiveActions } from "./live-view.ts"
import { Removal } from "./removal.tsx"

interface ParticipantsProps {
  readonly room: string
  readonly mayRemove: boolean
  readonly actions: LiveActions
}

/** Who is inside, by a name made up for each visit. It is asked for when it is unfolded. */
export function Participants({ room, mayRemove, actions }: ParticipantsProps) {
  const say = dashboardWords.useWords()
  const { moment: when } = useMoments()
  const load = useCallback(() => actions.participants(room), [actions, room])
  const [loaded, again] = useLoaded(load)
  const columns: Column<Participant>[] = [
    { name: say("calls.pseudonym"), cell: ({ pseudonym }) => <code>{pseudonym}</code> },
    { name: say("calls.came"), cell: ({ since }) => (since === null ? say("calls.since-before") : when(since)) },
    { name: say("calls.state"), cell: ({ is_connected }) => say(is_connected ? "calls.connected" : "calls.cut-off") },
  ]
  const remove: Column<Participant> = {
    name: say("calls.remove"),
    isActions: true,
    cell: ({ pseudonym }) => <Removal room={room} pseudonym={pseudonym} actions={actions} />,
  }
  return (
    <Shown loaded={loaded} onAgain={again}>
      {({ data }) => (
        <Table
          caption={say("calls.who")}
          columns={mayRemove ? [...columns, remove] : columns}
          rows={data}
          keyOf={({ pseudonym }) => pseudonym}
          empty={say("calls.none")}
        />
      )}
    </Shown>
  )
}
