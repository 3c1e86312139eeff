import { X } from "lucide-react"
import type { ReactNode } from "react"
import { Dialog } from "react-aria-components/Dialog"
import { Heading } from "react-aria-components/Heading"
import { Modal, ModalOverlay } from "react-aria-components/Modal"
import { AriaLocale } from "../ui/aria-locale.tsx"
import "../styles/dialog.css"
import "../styles/panel.css"
import "../styles/switch.css"
import "../styles/settings.css"

interface SheetProps {
  readonly title: string
  /** What the cross says to a screen reader. */
  readonly close: string
  readonly className: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog over everything, with title and cross. Escape and a press beside it close it. */
export function SettingsSheet({ title, close, className, onClose, children }: SheetProps) {
  return (
    <AriaLocale>
      <ModalOverlay className="veil settings-veil" isOpen isDismissable onOpenChange={onClose}>
        <Modal>
          <Dialog className={className}>
            <header>
              <Heading slot="title">{title}</Heading>
              <button type="button" className="button quiet icon-only" aria-label={close} onClick={onClose}>
                <X className="icon" aria-hidden="true" />
              </button>
            </header>
            {children}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </AriaLocale>
  )
}
