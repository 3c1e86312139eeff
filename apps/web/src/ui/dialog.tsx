import { X } from "lucide-react"
import type { ReactNode } from "react"
import { Dialog as AriaDialog } from "react-aria-components/Dialog"
import { Heading } from "react-aria-components/Heading"
import { Modal, ModalOverlay } from "react-aria-components/Modal"
import { AriaLocale } from "./aria-locale.tsx"
import "../styles/dialog.css"

interface DialogProps {
  readonly title: string
  /** What the cross says to a screen reader. Without it there is no cross and no way beside: one of the buttons must be pressed. */
  readonly close?: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog over everything. Focus stays in it and comes back; Escape and a press beside it close it where there is a cross. */
export function Dialog({ title, close, onClose, children }: DialogProps) {
  return (
    <AriaLocale>
      <ModalOverlay
        className="veil"
        isOpen
        isDismissable={close !== undefined}
        isKeyboardDismissDisabled={close === undefined}
        onOpenChange={onClose}
      >
        <Modal>
          <AriaDialog className="dialog">
            <header>
              <Heading slot="title">{title}</Heading>
              {close !== undefined && (
                <button type="button" className="button quiet icon-only" aria-label={close} onClick={onClose}>
                  <X className="icon" aria-hidden="true" />
                </button>
              )}
            </header>
            {children}
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </AriaLocale>
  )
}
