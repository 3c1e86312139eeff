import { ChevronLeft, TriangleAlert } from "lucide-react"
import { useWords } from "../i18n/use-words.ts"
import { LevelBadge } from "../ui/level.tsx"
import type { RosterEntry, SecurityActions } from "../view/security.ts"

interface DetailsProps {
  readonly entry: RosterEntry
  readonly actions: SecurityActions
  readonly onBack: () => void
}

/** One person: who vouches for the name, and the number of both devices to compare (D15, D21). */
export function PersonDetails({ entry, actions, onBack }: DetailsProps) {
  const say = useWords()
  const { who } = entry
  if (!who.known) return null
  return (
    <div className="details">
      <button type="button" className="button quiet back" onClick={onBack}>
        <ChevronLeft className="icon s turns" aria-hidden="true" />
        {say("person.back")}
      </button>
      <h3 className="big" dir="auto">
        {who.name}
      </h3>
      <LevelBadge person={who} isWordKept isLikenessSaid />
      {!who.isKeyChanged && <p className="soft">{say(`person.level.${who.level}`)}</p>}
      {who.note !== undefined && <p>{who.note}</p>}
      {who.isKeyChanged && <Warning>{say("person.key-changed")}</Warning>}
      {who.looksLike !== undefined && <Warning>{say("people.looks-like", { other: who.looksLike })}</Warning>}
      <PairNumber entry={entry} isVerified={who.level === "person" && !who.isKeyChanged} actions={actions} />
    </div>
  )
}

function Warning({ children }: { children: string }) {
  return (
    <div className="notice alert">
      <TriangleAlert className="icon" aria-hidden="true" />
      <div>{children}</div>
    </div>
  )
}

function PairNumber({ entry, isVerified, actions }: { entry: RosterEntry; isVerified: boolean; actions: SecurityActions }) {
  const say = useWords()
  const { id, pairDigits } = entry
  return (
    <section aria-labelledby="pair-number">
      <h3 id="pair-number">{say("person.number")}</h3>
      <p>{pairDigits === undefined ? say("person.number-none") : say("person.number-how")}</p>
      {pairDigits !== undefined && (
        <>
          <ul className="digits">
            {pairDigits.split(" ").map((group, index) => (
              <li key={`${index} ${group}`}>{group}</li>
            ))}
          </ul>
          {isVerified ? (
            <>
              <p className="soft" role="status">
                {say("person.verified")}
              </p>
              <button type="button" className="link" onClick={() => actions.forgetVerified(id)}>
                {say("person.forget")}
              </button>
            </>
          ) : (
            <button type="button" className="button primary" onClick={() => actions.verify(id)}>
              {say("person.verify")}
            </button>
          )}
        </>
      )}
    </section>
  )
}
