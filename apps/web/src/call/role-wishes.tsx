import { useWords } from "../i18n/use-words.ts"
import type { RoleWish, RosterEntry } from "../view/security.ts"
import { Counted } from "./counted.tsx"
import { PersonAct } from "./person-act.tsx"

interface WishesProps {
  readonly roster: readonly RosterEntry[]
  readonly onAct: (id: string, act: RoleWish) => void
}

/** Roles that the organisation wishes for people (D39.44): a host gives them, by a press each. */
export function RoleWishes({ roster, onAct }: WishesProps) {
  const say = useWords()
  const wishes = roster.flatMap(({ id, who, wish }) => (who.known && wish !== undefined ? [{ id, name: who.name, wish }] : []))
  if (wishes.length === 0) return null
  return (
    <Counted title={say("people.wishes")} count={wishes.length} className="wishes">
      <ul className="roster">
        {wishes.map(({ id, name, wish }) => (
          <PersonAct
            key={id}
            word={say(`people.act.${wish}`)}
            label={say("people.wish-name", { name, act: say(`people.act.${wish}`) })}
            onAct={() => onAct(id, wish)}
          >
            <bdi>{name}</bdi>
          </PersonAct>
        ))}
      </ul>
    </Counted>
  )
}
