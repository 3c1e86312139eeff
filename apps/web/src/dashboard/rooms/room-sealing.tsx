import { useState } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { SwitchRow } from "../../ui/switch-row.tsx"
import { Confirm } from "../parts/confirm.tsx"
import { Section } from "../parts/section.tsx"
import { useAsking } from "../../account/use-asking.ts"
import type { RoomPartProps } from "./room-view.ts"
import { SealingMeans } from "./sealing-means.tsx"

/** D41.36: the switch moves when the server has agreed, after a dialog that says what it means. */
export function RoomSealing({ room, view, actions, firstWish }: RoomPartProps & { readonly firstWish: "on" | "off" | undefined }) {
  const say = dashboardWords.useWords()
  const [wish, ask] = useState(firstWish)
  const isOn = room.e2ee_enabled
  const canSwitch = view.mayChange && (view.mayOpen || !isOn)
  return (
    <Section title={say("sealing.title")}>
      <div className="card sealing">
        <SwitchRow label={say("sealing.switch")} isOn={isOn} isDisabled={!canSwitch} onChange={(to) => ask(to ? "on" : "off")} />
        <SealingMeans isOn={isOn} />
        <p className="small soft">{say(canSwitch ? "sealing.when" : "sealing.denied")}</p>
      </div>
      {wish !== undefined && <SwitchDialog wish={wish} actions={actions} onClose={() => ask(undefined)} />}
    </Section>
  )
}

interface SwitchProps extends Pick<RoomPartProps, "actions"> {
  readonly wish: "on" | "off"
  readonly onClose: () => void
}

function SwitchDialog({ wish, actions, onClose }: SwitchProps) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const isOn = wish === "on"
  const yes = () =>
    asking.ask(
      () => actions.change({ e2ee_enabled: isOn }),
      () => {
        onClose()
        actions.again()
      },
    )
  return (
    <Confirm
      title={say(`sealing.turn-${wish}`)}
      yes={say(`sealing.turn-${wish}-yes`)}
      keep={say("sealing.keep")}
      look={isOn ? "primary" : "danger"}
      asking={asking}
      onYes={yes}
      onClose={onClose}
    >
      <SealingMeans isOn={isOn} />
      <p>{say(`sealing.turn-${wish}-link`)}</p>
      {isOn && <p>{say("sealing.turn-on-past")}</p>}
      <p className="small soft">{say("sealing.when")}</p>
    </Confirm>
  )
}
