import { reactions, type Reaction } from "@conclave/collab"
import { SmilePlus } from "lucide-react"
import { Menu, MenuItem } from "react-aria-components/Menu"
import { useWords } from "../i18n/use-words.ts"
import { MenuControl } from "./menu-control.tsx"
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
    <MenuControl sign={SmilePlus} word={say("doings.react")} isOpen={isOpen}>
      <Menu className="menu reactions" aria-label={say("doings.reactions")} onAction={(key) => onReact(key as Reaction)}>
        {reactionItems(say)}
      </Menu>
    </MenuControl>
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
