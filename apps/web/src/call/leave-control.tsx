import { LogOut } from "lucide-react"
import { useState } from "react"
import { Dialog } from "react-aria-components/Dialog"
import { Heading } from "react-aria-components/Heading"
import { Modal, ModalOverlay } from "react-aria-components/Modal"
import { useWords } from "../i18n/use-words.ts"
import { Control } from "../ui/control.tsx"

interface LeaveProps {
  /** A host with others in the call: may end it for them too. */
  readonly canEnd: boolean
  readonly onLeave: () => void
  readonly onEndForAll: () => void
  /** The choice is open from the start, for the gallery. */
  readonly isAsking?: boolean
}

/** One press leaves. Whoever could end the call for everyone is asked which of both is meant (L33). */
export function LeaveControl({ canEnd, onLeave, onEndForAll, isAsking = false }: LeaveProps) {
  const say = useWords()
  const [isOpen, open] = useState(isAsking)
  const close = () => open(false)
  return (
    <>
      <Control icon={LogOut} className="apart" look="leave" onPress={() => (canEnd ? open(true) : onLeave())}>
        {say("call.leave")}
      </Control>
      {canEnd && isOpen && <LeaveChoice onLeave={onLeave} onEndForAll={onEndForAll} onStay={close} />}
    </>
  )
}

function LeaveChoice({ onLeave, onEndForAll, onStay }: { onLeave: () => void; onEndForAll: () => void; onStay: () => void }) {
  const say = useWords()
  return (
    <ModalOverlay className="veil" isOpen onOpenChange={onStay}>
      <Modal>
        <Dialog role="alertdialog" className="dialog">
          <Heading slot="title">{say("doings.leave-title")}</Heading>
          <p>{say("doings.leave-what")}</p>
          <div className="actions">
            {/* What ends it for one person only is the safe one. */}
            <button type="button" className="button" autoFocus onClick={onLeave}>
              {say("doings.leave-only")}
            </button>
            <button type="button" className="button danger" onClick={onEndForAll}>
              {say("doings.end-all")}
            </button>
            <button type="button" className="button quiet" onClick={onStay}>
              {say("doings.stay")}
            </button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
