import { ToggleButton } from "react-aria-components/ToggleButton"
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup"
import { useWords } from "../i18n/use-words.ts"
import type { CallView } from "../view/call.ts"
import type { Subject } from "./subject.ts"

interface ChoicesProps {
  readonly call: CallView
  readonly choices: readonly Subject[]
  /** What stands there now. */
  readonly subjects: readonly Subject[]
  /** All screens fit beside each other. */
  readonly isRoomy: boolean
  /** Undefined: no longer one of them, so all that fit. */
  readonly onChoose: (subject: Subject | undefined) => void
}

const all = "all"
const keyOf = ({ kind, id }: Subject): string => `${kind} ${id}`

/** Several things to look at: by the names of whose they are, or all beside each other. */
export function Choices({ call, choices, subjects, isRoomy, onChoose }: ChoicesProps) {
  const say = useWords()
  const [only] = subjects
  const chosen = subjects.length > 1 || only === undefined ? all : keyOf(only)
  return (
    <ToggleButtonGroup
      className="choices"
      aria-label={say("stage.shares")}
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => onChoose(choices.find((choice) => keys.has(keyOf(choice))))}
    >
      {isRoomy && call.shares.length > 1 && (
        <ToggleButton id={all} className="choice all">
          {say("stage.side-by-side")}
        </ToggleButton>
      )}
      {choices.map((choice) => (
        <ToggleButton key={keyOf(choice)} id={keyOf(choice)} className="choice">
          <bdi>{nameOf(call, choice) ?? say("call.self")}</bdi>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

function nameOf(call: CallView, choice: Subject): string | undefined {
  if (choice.kind === "share") return call.shares.find((share) => share.id === choice.id)?.by
  const who = call.tiles.find(({ id }) => id === choice.id)?.who
  return who?.known === true ? who.name : undefined
}
