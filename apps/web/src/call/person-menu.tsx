import { Ellipsis } from "lucide-react"
import { Button } from "react-aria-components/Button"
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu"
import { Popover } from "react-aria-components/Popover"
import { useWords } from "../i18n/use-words.ts"
import type { PersonAct, RosterEntry } from "../view/security.ts"
import type { AskOfPerson } from "./asks.ts"

/** What the menu offers beside the changes of the room's rules. */
export type MenuAct = PersonAct | AskOfPerson | "details"

interface MenuProps {
  readonly entry: RosterEntry
  readonly name: string
  /** What can be asked of them now (L32, L34). */
  readonly asks: readonly AskOfPerson[]
  readonly onAct: (act: MenuAct) => void
  /** Open from the start, for the gallery. */
  readonly isOpen?: boolean
}

/** What can be done about one person. Removing comes last and apart. */
export function PersonMenu({ entry, name, asks, onAct, isOpen = false }: MenuProps) {
  const say = useWords()
  return (
    <MenuTrigger defaultOpen={isOpen}>
      <Button className="button quiet icon-only" aria-label={say("people.more-name", { name })}>
        <Ellipsis className="icon" aria-hidden="true" />
      </Button>
      <Popover className="menu-ground" placement="bottom end">
        <Menu className="menu" aria-label={say("people.more-name", { name })} onAction={(key) => onAct(key as MenuAct)}>
          {asks.map((ask) => (
            <MenuItem key={ask} id={ask} className="item">
              {say(`doings.act.${ask}`)}
            </MenuItem>
          ))}
          {entry.who.known && (
            <MenuItem id="details" className="item">
              {say("people.act.details")}
            </MenuItem>
          )}
          {entry.acts.map((act) => (
            <MenuItem key={act} id={act} className={act === "remove" ? "item danger" : "item"}>
              {say(act === "make-member" && entry.role === "listener" ? "people.act.let-speak" : `people.act.${act}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
