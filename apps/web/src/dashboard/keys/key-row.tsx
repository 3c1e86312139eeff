import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { ChoiceField } from "../../ui/field.tsx"
import { Form } from "../../ui/form.tsx"
import { Ending } from "../parts/ending.tsx"
import { useMoments } from "../parts/moment.tsx"
import { Row } from "../parts/row.tsx"
import type { DeveloperKey, ShownKey } from "../shapes.ts"
import { useAsking } from "../../account/use-asking.ts"
import type { KeysActions, KeysView } from "./keys-view.ts"

interface RowProps {
  readonly of: DeveloperKey
  readonly view: KeysView
  readonly actions: KeysActions
  readonly onShown: (key: ShownKey) => void
  readonly isFirstOpen: boolean
}

/** One key: whose, until when, when last used; its rights, replacing and revoking unfold. */
export function KeyRow({ of, view, actions, onShown, isFirstOpen }: RowProps) {
  const say = dashboardWords.useWords()
  const { moment: when, day } = useMoments()
  const ends = of.expires_at
  const isOver = ends !== null && Date.parse(ends) <= view.now
  const mayChange = view.mayChange(of.team_id)
  return (
    <Row
      name={of.name}
      title={<bdi>{of.name}</bdi>}
      sub={
        <>
          {of.last_used_at === null ? say("keys.unused") : say("keys.used", { when: when(of.last_used_at) })}
          {view.teamName(of.team_id) !== undefined && (
            <>
              {" · "}
              <bdi>{view.teamName(of.team_id)}</bdi>
            </>
          )}
        </>
      }
      state={
        <>
          <span>{say("keys.may", { count: of.scopes.length })}</span>
          {ends !== null && (
            <span className={isOver ? "sub alert" : "sub"}>{say(isOver ? "keys.ended" : "keys.until", { when: day(ends) })}</span>
          )}
        </>
      }
      isFirstOpen={isFirstOpen}
      inside={
        <>
          <ul className="plain">
            {of.scopes.map((scope) => (
              <li key={scope}>{say(`scope.${scope}`)}</li>
            ))}
          </ul>
          {mayChange && <Rotate of={of} actions={actions} onShown={onShown} />}
          {mayChange && <Revoke of={of} actions={actions} />}
        </>
      }
    />
  )
}

/** How long the old one works on, in hours. */
const overlaps = ["0", "1", "24", "72"] as const

function Rotate({ of, actions, onShown }: Pick<RowProps, "of" | "actions" | "onShown">) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [hours, choose] = useState<(typeof overlaps)[number]>("24")
  return (
    <Form
      onSubmit={() => asking.ask(() => actions.rotate(of.id, Number(hours)), onShown)}
      submit={say("keys.rotate-yes")}
      isBusy={asking.isBusy}
      trouble={refusalText(asking.refusal, say)}
      look="plain"
    >
      <h2>{say("keys.rotate")}</h2>
      <p className="small">{say("keys.rotate-note")}</p>
      <ChoiceField
        label={say("keys.rotate-overlap")}
        value={hours}
        choices={overlaps.map((one) => ({ name: one, label: say(`keys.overlap.${one}`) }))}
        onChoose={choose}
      />
    </Form>
  )
}

function Revoke({ of, actions }: Pick<RowProps, "of" | "actions">) {
  const say = dashboardWords.useWords()
  return (
    <div>
      <Ending
        word={say("keys.revoke")}
        title={say("keys.revoke-title", { name: of.name })}
        yes={say("keys.revoke-yes")}
        act={() => actions.revoke(of.id)}
        onDone={actions.again}
      >
        <p>{say("keys.revoke-what")}</p>
      </Ending>
    </div>
  )
}
