import type { ReactNode } from "react"
import { Dialog } from "react-aria-components/Dialog"
import { Heading } from "react-aria-components/Heading"
import { Modal, ModalOverlay } from "react-aria-components/Modal"

interface AskProps {
  readonly title: string
  readonly children: ReactNode
  /** The verb of the title, on the button that does it. */
  readonly yes: string
  readonly no: string
  readonly isDanger: boolean
  readonly onAnswer: (isYes: boolean) => void
}

/** Only for what cannot be undone: the button repeats the verb, focus is on the safe one. */
export function Ask({ title, children, yes, no, isDanger, onAnswer }: AskProps) {
  return (
    <ModalOverlay className="veil" isOpen onOpenChange={() => onAnswer(false)}>
      <Modal>
        <Dialog role="alertdialog" className="dialog">
          <Heading slot="title">{title}</Heading>
          <p>{children}</p>
          <div className="actions">
            <button type="button" className={isDanger ? "button danger" : "button"} onClick={() => onAnswer(true)}>
              {yes}
            </button>
            <button type="button" className="button" autoFocus onClick={() => onAnswer(false)}>
              {no}
            </button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
