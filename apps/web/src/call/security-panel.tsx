import { Server, TriangleAlert } from "lucide-react"
import { useWords } from "../i18n/use-words.ts"
import type { Say } from "../i18n/words.ts"
import { Mark } from "../ui/mark.tsx"
import type { SealView } from "../view/call.ts"
import type { SecurityActions, SecurityView } from "../view/security.ts"
import { OwnDevices } from "./own-devices.tsx"
import { Panel } from "./panel.tsx"
import { PersonDetails } from "./person-details.tsx"
import { PersonRow } from "./person-row.tsx"
import { areAllGuests, inOrderOfDoubt, noteOf } from "./roster.ts"
import { markOf } from "./seal.tsx"
import { SecurityDetails } from "./security-details.tsx"
import { KeysChanged } from "./keys-changed.tsx"
import { KindNote } from "./kind-note.tsx"
import { Words } from "./words.tsx"

interface SecurityProps {
  readonly id: string
  readonly seal: SealView
  readonly view: SecurityView
  /** Whose details are shown in place of everything else. */
  readonly person: string | undefined
  readonly onPerson: (id: string | undefined) => void
  readonly actions: SecurityActions
  readonly onLeave: () => void
  readonly onClose: () => void
  readonly takesFocus: boolean
}

/** What this device's keys say: who can decrypt, how to check it, and what an auditor asks for. */
export function SecurityPanel(props: SecurityProps) {
  const { id, view, person, onPerson, actions, onClose, takesFocus } = props
  const say = useWords()
  const entry = view.roster.find((each) => each.id === person && each.who.known)
  return (
    <Panel id={id} title={say("security.title")} onClose={onClose} takesFocus={takesFocus}>
      {entry === undefined ? <Everyone {...props} /> : <PersonDetails entry={entry} actions={actions} onBack={() => onPerson(undefined)} />}
    </Panel>
  )
}

function Everyone({ id, seal, view, onPerson, actions, onLeave }: SecurityProps) {
  const say = useWords()
  const areGuests = view.roster.length > 1 && areAllGuests(view.roster)
  return (
    <>
      {seal.kind === "check" && <KeyChangedNotice name={seal.name} say={say} />}
      <Statement seal={seal} count={view.roster.length} say={say} />
      <KindNote room={view.room} />
      {view.words.length > 0 && seal.kind !== "alone" && view.room.kind !== "transport" && (
        <Words view={view} actions={actions} onLeave={onLeave} />
      )}
      <section aria-labelledby={`${id}-who`}>
        <h3 id={`${id}-who`}>
          {say("security.who")} <span className="soft">{view.roster.length}</span>
        </h3>
        {areGuests && <p>{say("security.all-guests")}</p>}
        <ul className="roster">
          {inOrderOfDoubt(view.roster).map((entry) => (
            <PersonRow
              key={entry.id}
              entry={entry}
              note={areGuests ? undefined : noteOf(entry, say)}
              onOpen={entry.isSelf ? undefined : () => onPerson(entry.id)}
            />
          ))}
        </ul>
        <div className="server">
          <span>{say("security.this-server")}</span>
          <span className={view.room.kind === "transport" ? "level alert" : "level"}>
            <Server className="icon" aria-hidden="true" />
            {say(view.room.kind === "transport" ? "entry.server-has-key" : "security.no-key")}
          </span>
        </div>
      </section>
      <OwnDevices devices={view.devices} onRevoke={actions.revokeDevice} />
      <section>
        {/* What is said there of keys that change holds in no room whose server has them all. */}
        {view.room.kind !== "transport" && <KeysChanged changed={view.keysChanged} />}
        <SecurityDetails details={view.details} isOpen={view.room.kind === "transport"} onCopy={actions.copyDetails} />
      </section>
    </>
  )
}

function KeyChangedNotice({ name, say }: { name: string; say: Say }) {
  return (
    <div className="notice alert" role="alert">
      <TriangleAlert className="icon" aria-hidden="true" />
      <div>
        <strong>{say("security.key-changed", { name })}</strong>
        {say("security.key-changed-what", { name })}
      </div>
    </div>
  )
}

function Statement({ seal, count, say }: { seal: SealView; count: number; say: Say }) {
  const [title, text] = statementOf(seal, count, say)
  return (
    <div className={seal.kind === "open" ? "statement alert" : "statement"}>
      <Mark state={markOf(seal)} />
      <h3>{title}</h3>
      <p>{text}</p>
    </div>
  )
}

function statementOf(seal: SealView, count: number, say: Say): readonly [title: string, text: string] {
  switch (seal.kind) {
    case "sealing":
      return [say("seal.sealing"), say("security.sealing-note")]
    case "alone":
      return [say("security.alone"), say("security.alone-note")]
    case "sealed":
      return [say("seal.sealed", { count: seal.count }), say("security.only")]
    case "check":
      return [say("security.check", { count }), say("security.only")]
    case "open":
      return [say("entry.transport"), say("entry.transport-what")]
    case "stopped":
      return [say("security.stopped"), say("security.stopped-note")]
  }
}
