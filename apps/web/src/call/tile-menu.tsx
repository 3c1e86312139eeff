import { Ellipsis } from "lucide-react"
import { Button } from "react-aria-components/Button"
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu"
import { Popover } from "react-aria-components/Popover"
import { useWords } from "../i18n/use-words.ts"
import type { CallActions, NamedTile } from "../view/call.ts"
import { asksOf, type AskOfPerson } from "./asks.ts"

/** What can be done about people on the stage, and what was done. */
export interface TileDoings {
  /** Whom this person chose to see large. */
  readonly pinned: string | undefined
  readonly pin: (id: string | undefined) => void
  readonly spotlight: string | undefined
  readonly canModerate: boolean
  readonly actions: Pick<CallActions, "spotlight" | "askToUnmute" | "lowerHand">
  readonly details: (id: string) => void
}

type Act = AskOfPerson | "pin" | "spotlight" | "details"

/** Under each picture, by pointer, finger and keyboard. What concerns everyone comes after what concerns only oneself. */
export function TileMenu({ tile, doings }: { tile: NamedTile; doings: TileDoings }) {
  const say = useWords()
  const { id, who } = tile
  const isPinned = doings.pinned === id
  const isSpotlit = doings.spotlight === id
  const { canModerate } = doings
  const asks = asksOf({ canModerate, isMuted: tile.isMuted, isListener: tile.isListener === true, hasHand: tile.hand !== undefined })
  const does: Record<Act, () => void> = {
    pin: () => doings.pin(isPinned ? undefined : id),
    spotlight: () => doings.actions.spotlight(isSpotlit ? undefined : id),
    "ask-unmute": () => doings.actions.askToUnmute(id),
    "lower-hand": () => doings.actions.lowerHand(id),
    details: () => doings.details(id),
  }
  return (
    <MenuTrigger>
      <Button className="tile-more" aria-label={say("stage.menu", { name: who.name })}>
        <Ellipsis className="icon" aria-hidden="true" />
      </Button>
      <Popover className="menu-ground" placement="top end">
        <Menu className="menu" aria-label={say("stage.menu", { name: who.name })} onAction={(key) => does[key as Act]()}>
          <MenuItem id="pin" className="item">
            {say(isPinned ? "stage.unpin" : "stage.pin")}
          </MenuItem>
          <MenuItem id="details" className="item">
            {say("stage.details")}
          </MenuItem>
          {asks.map((ask) => (
            <MenuItem key={ask} id={ask} className="item">
              {say(`doings.act.${ask}`)}
            </MenuItem>
          ))}
          {canModerate && (
            <MenuItem id="spotlight" className="item">
              {say(isSpotlit ? "stage.spotlight-end" : "stage.spotlight")}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
