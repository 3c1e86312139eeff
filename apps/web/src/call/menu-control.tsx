import type { LucideIcon } from "lucide-react"
import type { ReactNode } from "react"
import { Button } from "react-aria-components/Button"
import { MenuTrigger } from "react-aria-components/Menu"
import { Popover } from "react-aria-components/Popover"

interface ControlProps {
  readonly sign: LucideIcon
  readonly word: string
  /** Open from the start, for the gallery. */
  readonly isOpen: boolean
  /** The menu itself. */
  readonly children: ReactNode
}

/** A control of the strip with a menu above it. */
export function MenuControl({ sign: Sign, word, isOpen, children }: ControlProps) {
  return (
    <MenuTrigger defaultOpen={isOpen}>
      <Button className="control on">
        <span className="cap">
          <Sign className="icon" aria-hidden="true" />
        </span>
        <span>{word}</span>
      </Button>
      <Popover className="menu-ground" placement="top">
        {children}
      </Popover>
    </MenuTrigger>
  )
}
