import { useState } from "react"
import { refusalText } from "../../account/refusal-text.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { ChoiceField, Field } from "../../ui/field.tsx"
import { Form } from "../../ui/form.tsx"
import { Ending } from "../parts/ending.tsx"
import { useMoments } from "../parts/moment.tsx"
import { Row } from "../parts/row.tsx"
import { Section } from "../parts/section.tsx"
import { Shown } from "../parts/shown.tsx"
import { ShownOnce } from "../parts/shown-once.tsx"
import type { RoomToken } from "../shapes.ts"
import { useAsking } from "../../account/use-asking.ts"
import type { RoomPartProps } from "./room-view.ts"

/** Links for one person each, that the server knows and vouches for (D39). */
export function RoomTokens({ room, view, actions }: RoomPartProps) {
  const say = dashboardWords.useWords()
  return (
    <Section title={say("token.title")}>
      <p className="small soft">{say("token.note")}</p>
      <Shown loaded={view.tokens} onAgain={actions.againTokens}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="small">{say("token.none")}</p>
          ) : (
            <ul className="rows">
              {data.map((token) => (
                <TokenRow key={token.id} token={token} mayChange={view.mayChange} actions={actions} />
              ))}
            </ul>
          )
        }
      </Shown>
      {view.mayChange && <NewToken room={room} actions={actions} />}
    </Section>
  )
}

interface TokenRowProps extends Pick<RoomPartProps, "actions"> {
  readonly token: RoomToken
  readonly mayChange: boolean
}

function TokenRow({ token, mayChange, actions }: TokenRowProps) {
  const say = dashboardWords.useWords()
  const { moment: when } = useMoments()
  const name = token.name ?? say("token.unnamed")
  return (
    <Row
      name={name}
      title={<bdi>{name}</bdi>}
      sub={say("token.until", { when: when(token.expires_at) })}
      state={<span className="sub">{say(`room.role.${token.role}`)}</span>}
      actions={
        mayChange && (
          <Ending
            word={say("token.withdraw")}
            of={name}
            title={say("token.withdraw-title")}
            yes={say("token.withdraw")}
            look="plain"
            act={() => actions.withdrawToken(token.id)}
            onDone={actions.againTokens}
          >
            <p>{say("token.withdraw-what")}</p>
          </Ending>
        )
      }
    />
  )
}

/** An hour, a day, a week; in minutes. */
const lastings = ["60", "1440", "10080"] as const

function NewToken({ room, actions }: Omit<RoomPartProps, "view">) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [name, rename] = useState("")
  const [role, cast] = useState<(typeof room.roles)[number] | "">("")
  const [minutes, last] = useState<(typeof lastings)[number]>("1440")
  const [link, show] = useState<string>()
  const wishes = { name: name.trim(), role: role === "" ? undefined : role, minutes: Number(minutes) }
  const made = (shown: { readonly link: string }) => {
    show(shown.link)
    rename("")
    actions.againTokens()
  }
  return (
    <div className="card">
      <Form
        onSubmit={() => asking.ask(() => actions.makeToken(wishes), made)}
        submit={say("token.make")}
        isBusy={asking.isBusy}
        trouble={refusalText(asking.refusal, say)}
        look="plain"
      >
        <Field label={say("token.name")} note={say("token.name-note")} value={name} maxLength={100} onChange={rename} />
        <div className="side-by-side">
          <ChoiceField
            label={say("token.role")}
            value={role}
            choices={[
              { name: "" as const, label: say("token.role-default") },
              ...room.roles.map((one) => ({ name: one, label: say(`room.role.${one}`) })),
            ]}
            onChoose={cast}
          />
          <ChoiceField
            label={say("token.lasts")}
            value={minutes}
            choices={lastings.map((one) => ({ name: one, label: say(`token.lasts.${one}`) }))}
            onChoose={last}
          />
        </div>
      </Form>
      {link !== undefined && <ShownOnce title={say("token.made")} note={say("part.once")} text={link} onDone={() => show(undefined)} />}
    </div>
  )
}
