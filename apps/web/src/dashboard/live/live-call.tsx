import { useState } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { ChoiceField } from "../../ui/field.tsx"
import { Ending } from "../parts/ending.tsx"
import { useMoments } from "../parts/moment.tsx"
import { Row } from "../parts/row.tsx"
import type { LiveRoom } from "../shapes.ts"
import type { LiveActions, LiveView } from "./live-view.ts"
import { Participants } from "./participants.tsx"

interface CallProps {
  readonly call: LiveRoom
  readonly view: LiveView
  readonly actions: LiveActions
  readonly isFirstOpen: boolean
}

/** One call: its room, since when, how many; who is in it by made-up name unfolds below. */
export function LiveCall({ call, view, actions, isFirstOpen }: CallProps) {
  const say = dashboardWords.useWords()
  const { moment: when } = useMoments()
  const name = view.names.get(call.room_id) ?? say("calls.room")
  return (
    <Row
      name={name}
      title={
        <a href={`/dashboard/rooms/${call.room_id}`}>
          <bdi>{name}</bdi>
        </a>
      }
      sub={call.since === null ? say("calls.since-before") : say("calls.since", { when: when(call.since) })}
      state={
        <>
          <b className="live-now">{say("calls.inside", { count: call.participants_count })}</b>
          {call.waiting_count > 0 && <span className="sub">{say("calls.waiting", { count: call.waiting_count })}</span>}
        </>
      }
      actions={view.mayEnd(call.team_id) && <EndCall room={call.room_id} name={name} actions={actions} />}
      unfold={{ short: say("calls.who"), whole: say("part.of", { act: say("calls.who"), name }) }}
      isFirstOpen={isFirstOpen}
      inside={<Participants room={call.room_id} mayRemove={view.mayEnd(call.team_id)} actions={actions} />}
    />
  )
}

/** How long nobody comes back, in seconds. */
const closings = ["60", "600", "3600"] as const

interface EndProps {
  readonly room: string
  readonly name: string
  readonly actions: LiveActions
}

function EndCall({ room, name, actions }: EndProps) {
  const say = dashboardWords.useWords()
  const [seconds, close] = useState<(typeof closings)[number]>("60")
  return (
    <Ending
      word={say("calls.end")}
      of={name}
      title={say("calls.end-title", { name })}
      yes={say("calls.end-yes")}
      keep={say("part.cancel")}
      act={() => actions.end(room, Number(seconds))}
      onDone={actions.again}
    >
      <p>{say("calls.end-what")}</p>
      <ChoiceField
        label={say("calls.end-closed")}
        value={seconds}
        choices={closings.map((one) => ({ name: one, label: say(`calls.end-closed.${one}`) }))}
        onChoose={close}
      />
    </Ending>
  )
}
