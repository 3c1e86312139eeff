import { reactions, type Reaction } from "@conclave/collab"
import {
  Activity,
  AudioLines,
  Ellipsis,
  Keyboard,
  Link,
  Maximize,
  Minimize,
  MonitorUp,
  MonitorX,
  PictureInPicture2,
  Settings,
  SlidersHorizontal,
  Video,
  type LucideIcon,
} from "lucide-react"
import type { ReactNode } from "react"
import { Menu, MenuItem, MenuSection } from "react-aria-components/Menu"
import { Separator } from "react-aria-components/Separator"
import { useWords } from "../i18n/use-words.ts"
import type { Key } from "../i18n/words.ts"
import type { CallActions, CallView } from "../view/call.ts"
import { MenuControl } from "./menu-control.tsx"
import { reactionItems } from "./reactions-menu.tsx"

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
  readonly toggle: (panel: "rules" | "statistics") => void
  /** What the strip has no room for stands here. */
  readonly hasShare: boolean
  readonly hasReactions: boolean
  /** Open from the start, for the gallery. */
  readonly isOpen?: boolean
}

interface Item {
  readonly id: string
  readonly sign: LucideIcon
  readonly word: Key
  readonly act: () => void
}

/** Everything that is not reached for often, in one menu above its control (L30). */
export function MoreControl({ isOpen = false, ...props }: MoreProps) {
  const say = useWords()
  return (
    <MenuControl sign={Ellipsis} word={say("doings.more")} isOpen={isOpen}>
      <MoreMenu {...props} />
    </MenuControl>
  )
}

function MoreMenu(props: Omit<MoreProps, "isOpen">) {
  const say = useWords()
  const { actions, parts, hasReactions } = props
  const groups = [onScreen(props), around(props)].filter((group) => group.length > 0)
  const acts = new Map(groups.flat().map(({ id, act }) => [id, act]))
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
        ...group.map(({ id, sign: Sign, word }) => {
          const text = say(word as "doings.more")
          return (
            <MenuItem key={id} id={id} className="item" textValue={text}>
              <Sign className="icon" aria-hidden="true" />
              {text}
            </MenuItem>
          )
        }),
      ])}
    </Menu>
  )
}

const isReaction = (key: string): key is Reaction => reactions.some((what) => what === key)

/** What changes what is seen. */
function onScreen({ view, actions, parts, hasShare }: Omit<MoreProps, "isOpen">): readonly Item[] {
  const { pictureInPicture, fullScreen } = parts
  const items: Item[] = []
  if (hasShare && view.sharing !== "unavailable") items.push(shareItem(view, actions))
  if (pictureInPicture !== undefined)
    items.push({ id: "window", sign: PictureInPicture2, word: "doings.picture-in-picture", act: pictureInPicture })
  if (fullScreen !== undefined) items.push(fullScreenItem(fullScreen))
  const { isAudioOnly } = view
  const setAudioOnly = () => actions.setAudioOnly(!isAudioOnly)
  return [
    ...items,
    isAudioOnly
      ? { id: "audio", sign: Video, word: "doings.audio-only-end", act: setAudioOnly }
      : { id: "audio", sign: AudioLines, word: "doings.audio-only", act: setAudioOnly },
  ]
}

function shareItem({ sharing }: CallView, { toggleShare: act }: CallActions): Item {
  if (sharing === "on") return { id: "share", sign: MonitorX, word: "call.share-stop", act }
  return { id: "share", sign: MonitorUp, word: sharing === "hosts-only" ? "call.share-hosts" : "call.share", act }
}

const fullScreenItem = ({ isOn, toggle: act }: NonNullable<MoreParts["fullScreen"]>): Item =>
  isOn
    ? { id: "full", sign: Minimize, word: "doings.full-screen-end", act }
    : { id: "full", sign: Maximize, word: "doings.full-screen", act }

/** What is about the room, or about this device. */
function around({ actions, parts, toggle }: Omit<MoreProps, "isOpen">): readonly Item[] {
  const { settings, shortcuts } = parts
  return [
    { id: "room", sign: SlidersHorizontal, word: "call.room-button", act: () => toggle("rules") },
    { id: "link", sign: Link, word: "call.link", act: actions.copyLink },
    { id: "statistics", sign: Activity, word: "doings.statistics", act: () => toggle("statistics") },
    ...(settings === undefined ? [] : [{ id: "settings", sign: Settings, word: "doings.settings", act: settings } as const]),
    ...(shortcuts === undefined ? [] : [{ id: "shortcuts", sign: Keyboard, word: "doings.shortcuts", act: shortcuts } as const]),
  ]
}
