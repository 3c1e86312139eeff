import { EyeOff } from "lucide-react"
import { Button } from "react-aria-components/Button"
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu"
import { Popover } from "react-aria-components/Popover"
import { useWords } from "../i18n/use-words.ts"
import { settings } from "../session/settings-store.ts"
import { useSettings } from "../settings/use-settings.ts"
import { initialsOf } from "../ui/initials.ts"
import { Video } from "../ui/video.tsx"
import type { CallView } from "../view/call.ts"
import { Initials } from "./tile.tsx"
import type { StageControl } from "./use-stage.ts"

interface SelfProps {
  readonly self: CallView["self"]
  readonly selfId: string
  readonly stage: Pick<StageControl, "pinned" | "pin">
  /** Given to hosts and co-hosts: puts this person before everyone, or no longer. */
  readonly onSpotlight?: () => void
  readonly isSpotlit: boolean
}

/** How others see this person, in the strip and never on a face. Its picture is the button of what can be done with it. */
export function SelfView(props: SelfProps) {
  const say = useWords()
  const { isSelfHidden, isSelfMirrored } = useSettings()
  const { self } = props
  const shown = [say("stage.self"), ...(self.picture === undefined ? [say("call.self-off")] : [])].join(". ")
  return (
    <MenuTrigger>
      <Button className={`self ${isSelfHidden ? "hidden-self" : ""}`} aria-label={isSelfHidden ? say("stage.self-hidden") : shown}>
        <Inside self={self} isHidden={isSelfHidden} isMirrored={isSelfMirrored} />
      </Button>
      <Popover className="menu-ground" placement="top end">
        <SelfMenu {...props} isHidden={isSelfHidden} isMirrored={isSelfMirrored} />
      </Popover>
    </MenuTrigger>
  )
}

function Inside({ self, isHidden, isMirrored }: { self: CallView["self"]; isHidden: boolean; isMirrored: boolean }) {
  const say = useWords()
  if (isHidden) return <EyeOff className="icon" aria-hidden="true" />
  // Drawn by the stylesheet: what is written on a button has to be in its name (WCAG 2.5.3), and two letters are nothing to say.
  if (self.picture === undefined) return <span className="initials" aria-hidden="true" data-drawn={initialsOf(self.name)} />
  return <Video picture={self.picture} label={say("call.self")} isMirrored={isMirrored} />
}

interface SelfMenuProps extends SelfProps {
  readonly isHidden: boolean
  readonly isMirrored: boolean
}

function SelfMenu({ selfId, stage, onSpotlight, isSpotlit, isHidden, isMirrored }: SelfMenuProps) {
  const say = useWords()
  const isPinned = stage.pinned?.id === selfId
  const does = {
    pin: () => stage.pin(isPinned ? undefined : { kind: "person", id: selfId }),
    hide: () => settings.change({ isSelfHidden: !isHidden }),
    mirror: () => settings.change({ isSelfMirrored: !isMirrored }),
    spotlight: () => onSpotlight?.(),
  }
  return (
    <Menu className="menu" aria-label={say("stage.self")} onAction={(key) => does[key as keyof typeof does]()}>
      <MenuItem id="pin" className="item">
        {say(isPinned ? "stage.unpin" : "stage.self-pin")}
      </MenuItem>
      <MenuItem id="hide" className="item">
        {say(isHidden ? "stage.self-show" : "stage.self-hide")}
      </MenuItem>
      <MenuItem id="mirror" className="item">
        {say(isMirrored ? "stage.self-unmirror" : "stage.self-mirror")}
      </MenuItem>
      {onSpotlight !== undefined && (
        <MenuItem id="spotlight" className="item">
          {say(isSpotlit ? "stage.spotlight-end" : "stage.self-spotlight")}
        </MenuItem>
      )}
    </Menu>
  )
}

/** Oneself in the large place, for who wants to see it. */
export function SelfLarge({ self, onBack }: { self: CallView["self"]; onBack: () => void }) {
  const say = useWords()
  const { isSelfMirrored } = useSettings()
  return (
    <figure className="tile">
      <div className="pic">
        {self.picture === undefined ? (
          <Initials name={self.name} />
        ) : (
          <Video picture={self.picture} label={say("call.self")} isMirrored={isSelfMirrored} />
        )}
      </div>
      <figcaption>
        <span className="name">{say("stage.you")}</span>
        <span className="end">
          <button type="button" className="link" onClick={onBack}>
            {say("stage.unpin")}
          </button>
        </span>
      </figcaption>
    </figure>
  )
}
