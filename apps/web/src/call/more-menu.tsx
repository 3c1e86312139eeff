import type { Reaction } from "@conclave/collab"
import { reactions } from "@conclave/collab"
import { Ellipsis } from "lucide-react"
import type { ReactNode } from "react"
import { Button } from "react-aria-components/Button"
import { Menu, MenuItem, MenuSection, MenuTrigger } from "react-aria-components/Menu"
import { Popover } from "react-aria-components/Popover"
import { Separator } from "react-aria-components/Separator"
import { useWords } from "../i18n/use-words.ts"
import type { Key } from "../i18n/words.ts"
import type { CallActions, CallView } from "../view/call.ts"
import { reactionItems } from "./reactions-menu.tsx"
import type { PanelName } from "./strip.tsx"

/** What the stage and the settings offer in this menu. Whatever is missing is not offered (no picture-in-picture in this browser, say). */
export interface MoreParts {
  /** A MenuSection with the layouts there are. */
  readonly layouts?: ReactNode
  readonly pictureInPicture?: () => void
  readonly fullScreen?: { readonly isOn: boolean; readonly toggle: () => void }
  readonly settings?: () => void
  readonly shortcuts?: () => void
}

interface MoreProps {
  readonly view: CallView
  readonly actions: CallActions
  readonly parts: MoreParts
  readonly toggle: (panel: PanelName) => void
  /** What the strip has no room for stands here. */
  readonly hasShare: boolean
  readonly hasReactions: boolean
  /** Open from the start, for the gallery. */
  readonly isOpen?: boolean
}

type Item = readonly [id: string, word: Key, act: () => void]

/** Everything that is not reached for often, in one menu above its control (L30). */
export function MoreControl({ isOpen = false, ...props }: MoreProps) {
  const say = useWords()
  return (
    <MenuTrigger defaultOpen={isOpen}>
      <Button className="control on">
        <span className="cap">
          <Ellipsis className="icon" aria-hidden="true" />
        </span>
        <span>{say("doings.more")}</span>
      </Button>
      <Popover className="menu-ground" placement="top">
        <MoreMenu {...props} />
      </Popover>
    </MenuTrigger>
  )
}

function MoreMenu(props: Omit<MoreProps, "isOpen">) {
  const say = useWords()
  const { actions, parts, hasReactions } = props
  const groups = [onScreen(props), around(props)].filter((group) => group.length > 0)
  const acts = new Map([...groups.flat()].map(([id, , act]) => [id, act]))
  const press = (key: string) => {
    if (isReaction(key)) actions.react(key)
    else acts.get(key)?.()
  }
  return (
    <Menu className="menu strip-menu" aria-label={say("doings.more")} onAction={(key) => press(String(key))}>
      {hasReactions && (
        <MenuSection className="reactions" aria-label={say("doings.reactions")}>
          {reactionItems(say)}
        </MenuSection>
      )}
      {hasReactions && <Separator className="divide" />}
      {parts.layouts}
      {parts.layouts !== undefined && <Separator className="divide" />}
      {groups.flatMap((group, index) => [
        ...(index === 0 ? [] : [<Separator key={`divide ${index}`} className="divide" />]),
        ...group.map(([id, word]) => (
          <MenuItem key={id} id={id} className="item">
            {say(word as "doings.more")}
          </MenuItem>
        )),
      ])}
    </Menu>
  )
}

const isReaction = (key: string): key is Reaction => reactions.some((what) => what === key)

/** What changes what is seen. */
function onScreen({ view, actions, parts, hasShare }: Omit<MoreProps, "isOpen">): readonly Item[] {
  const { pictureInPicture, fullScreen } = parts
  const shareWord = view.sharing === "on" ? "call.share-stop" : view.sharing === "hosts-only" ? "call.share-hosts" : "call.share"
  return [
    ...(hasShare && view.sharing !== "unavailable" ? [["share", shareWord, actions.toggleShare] as const] : []),
    ...(pictureInPicture === undefined ? [] : [["window", "doings.picture-in-picture", pictureInPicture] as const]),
    ...(fullScreen === undefined
      ? []
      : [["full", fullScreen.isOn ? "doings.full-screen-end" : "doings.full-screen", fullScreen.toggle] as const]),
    ["audio", view.isAudioOnly ? "doings.audio-only-end" : "doings.audio-only", () => actions.setAudioOnly(!view.isAudioOnly)],
  ]
}

/** What is about the room, or about this device. */
function around({ actions, parts, toggle }: Omit<MoreProps, "isOpen">): readonly Item[] {
  const { settings, shortcuts } = parts
  return [
    ["room", "call.room-button", () => toggle("rules")],
    ["link", "call.link", actions.copyLink],
    ["statistics", "doings.statistics", () => toggle("statistics")],
    ...(settings === undefined ? [] : [["settings", "doings.settings", settings] as const]),
    ...(shortcuts === undefined ? [] : [["shortcuts", "doings.shortcuts", shortcuts] as const]),
  ]
}
