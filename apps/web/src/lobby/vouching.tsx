import { useWords } from "../i18n/use-words.ts"
import { LevelBadge } from "../ui/level.tsx"
import type { VouchingView } from "../view/lobby.ts"

/** An organisation that can vouch for the name. Without it one is a guest, as most are. */
export function Vouching({ view, onVouch }: { view: VouchingView; onVouch: () => void }) {
  const say = useWords()
  const { organisation, state, name } = view
  if (state === "done" && name !== undefined)
    return (
      <div className="vouching" role="status">
        <p>{say("lobby.vouched", { name, organisation })}</p>
        <LevelBadge person={{ known: true, name, level: "organisation", isKeyChanged: false }} isWordKept />
      </div>
    )
  return (
    <div className="vouching">
      <p role="status">
        {state === "offered" || state === "done" ? say("lobby.vouch", { organisation }) : say(`lobby.vouch-${state}`, { organisation })}
      </p>
      <button type="button" className="button" disabled={state === "asking"} onClick={onVouch}>
        {say("lobby.sign-in")}
      </button>
    </div>
  )
}
