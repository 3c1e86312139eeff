import { useWords } from "../i18n/use-words.ts"
import type { RoleWish, RosterEntry } from "../view/security.ts"
import { Counted } from "./counted.tsx"

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
          <li className="person" key={id}>
            <span className="name">
              <bdi>{name}</bdi>
            </span>
            <span className="go">
              <button
                type="button"
                className="button"
                aria-label={say("people.wish-name", { name, act: say(`people.act.${wish}`) })}
                onClick={() => onAct(id, wish)}
              >
                {say(`people.act.${wish}`)}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </Counted>
  )
}
