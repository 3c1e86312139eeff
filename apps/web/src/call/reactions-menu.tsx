import { reactions, type Reaction } from "@conclave/collab"
import { SmilePlus } from "lucide-react"
import { Button } from "react-aria-components/Button"
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu"
import { Popover } from "react-aria-components/Popover"
import { useWords } from "../i18n/use-words.ts"
import { ReactionSign } from "./reaction-sign.tsx"

interface ReactionsProps {
  readonly onReact: (what: Reaction) => void
  /** Open from the start, for the gallery. */
  readonly isOpen?: boolean
}

/** What can be said in a press, above its control. Arrow keys go along, Enter sends, Escape closes (L31). */
export function ReactionsControl({ onReact, isOpen = false }: ReactionsProps) {
  const say = useWords()
  return (
    <MenuTrigger defaultOpen={isOpen}>
      <Button className="control on">
        <span className="cap">
          <SmilePlus className="icon" aria-hidden="true" />
        </span>
        <span>{say("doings.react")}</span>
      </Button>
      <Popover className="menu-ground" placement="top">
        <Menu className="menu reactions" aria-label={say("doings.reactions")} onAction={(key) => onReact(key as Reaction)}>
          {reactionItems(say)}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

/** As items of a menu, here and in "More" where the strip is narrow. */
export const reactionItems = (say: ReturnType<typeof useWords>) =>
  reactions.map((what) => (
    <MenuItem key={what} id={what} className="item reaction" textValue={say(`doings.reaction.${what}`)}>
      <ReactionSign what={what} />
      <span>{say(`doings.reaction.${what}`)}</span>
    </MenuItem>
  ))
