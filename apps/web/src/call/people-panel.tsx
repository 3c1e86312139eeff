import { Link, MicOff, UserMinus } from "lucide-react"
import { useState } from "react"
import { Dialog } from "react-aria-components/Dialog"
import { Heading } from "react-aria-components/Heading"
import { Modal, ModalOverlay } from "react-aria-components/Modal"
import { useWords } from "../i18n/use-words.ts"
import type { RosterEntry, SecurityView } from "../view/security.ts"
import { Panel } from "./panel.tsx"
import { PersonRow } from "./person-row.tsx"
import { inOrderOfDoubt } from "./roster.ts"

interface PeopleProps {
  readonly id: string
  readonly view: SecurityView
  readonly onClose: () => void
  readonly onCopyLink: () => void
  readonly onRemove: (id: string) => void
  readonly takesFocus: boolean
}

/** Everyone in the MLS roster, and the link to bring more. */
export function PeoplePanel({ id, view, onClose, onCopyLink, onRemove, takesFocus }: PeopleProps) {
  const say = useWords()
  const [leaving, ask] = useState<RosterEntry>()
  const invite = (
    <>
      <p className="small soft">{say("people.invite-note")}</p>
      <button type="button" className="button wide" onClick={onCopyLink}>
        <Link className="icon s" aria-hidden="true" />
        {say("people.invite")}
      </button>
    </>
  )
  return (
    <Panel id={id} title={say("people.title")} onClose={onClose} foot={invite} takesFocus={takesFocus}>
      <ul className={view.roster.some(({ canRemove }) => canRemove) ? "roster people removable" : "roster people"}>
        {inOrderOfDoubt(view.roster).map((entry) => (
          <PersonRow key={entry.id} entry={entry} note={entry.isSilent ? say("people.silent") : undefined}>
            <span className="go">
              {entry.isMuted && <MicOff className="icon s" role="img" aria-label={say("people.muted")} />}
              {entry.canRemove && <RemoveButton entry={entry} onPress={() => ask(entry)} />}
            </span>
          </PersonRow>
        ))}
      </ul>
      {leaving !== undefined && <RemoveDialog entry={leaving} onAnswer={(yes) => (yes && onRemove(leaving.id), ask(undefined))} />}
    </Panel>
  )
}

function RemoveButton({ entry, onPress }: { entry: RosterEntry; onPress: () => void }) {
  const say = useWords()
  const name = useNameOf(entry)
  return (
    <button type="button" className="button quiet icon-only" aria-label={say("people.remove-name", { name })} onClick={onPress}>
      <UserMinus className="icon" aria-hidden="true" />
    </button>
  )
}

/** Only for what cannot be undone: the button repeats the verb, focus is on the safe one. */
function RemoveDialog({ entry, onAnswer }: { entry: RosterEntry; onAnswer: (yes: boolean) => void }) {
  const say = useWords()
  const name = useNameOf(entry)
  return (
    <ModalOverlay className="veil" isOpen onOpenChange={() => onAnswer(false)}>
      <Modal>
        <Dialog role="alertdialog" className="dialog">
          <Heading slot="title">{say("people.remove-title", { name })}</Heading>
          <p>{say("people.remove-what", { name })}</p>
          <div className="actions">
            <button type="button" className="button danger" onClick={() => onAnswer(true)}>
              {say("people.remove")}
            </button>
            <button type="button" className="button" autoFocus onClick={() => onAnswer(false)}>
              {say("people.keep")}
            </button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function useNameOf({ who }: RosterEntry): string {
  const say = useWords()
  return who.known ? who.name : say("people.remove-unnamed")
}
