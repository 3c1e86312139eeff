import { Link, MicOff } from "lucide-react"
import { useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { Say } from "../i18n/words.ts"
import type { CallActions, HandView } from "../view/call.ts"
import type { AtDoorView, DoorActions } from "../view/door.ts"
import type { BlockedView, PeopleActions, RosterEntry, SecurityView } from "../view/security.ts"
import { Ask } from "./ask.tsx"
import { asksOf, type AskOfPerson } from "./asks.ts"
import { AtDoorList } from "./at-door.tsx"
import { Counted } from "./counted.tsx"
import { HandQueue } from "./hand-queue.tsx"
import { Panel } from "./panel.tsx"
import { PersonAct } from "./person-act.tsx"
import { PersonMenu, type MenuAct } from "./person-menu.tsx"
import { PersonRow } from "./person-row.tsx"
import { RoleWishes } from "./role-wishes.tsx"
import { inOrderOfDoubt } from "./roster.ts"

interface PeopleProps {
  readonly id: string
  readonly view: SecurityView
  readonly door: readonly AtDoorView[]
  readonly hands: readonly HandView[]
  readonly canModerate: boolean
  readonly actions: PeopleActions
  readonly callActions: CallActions
  readonly doorActions: DoorActions
  readonly onClose: () => void
  /** Asks for somebody's details. */
  readonly onDetails: (id: string) => void
  readonly takesFocus: boolean
  /** Whose menu is open from the start, for the gallery. */
  readonly firstMenu?: string
}

/** Everyone in the MLS roster, who wants to be, and the link to bring more. */
export function PeoplePanel(props: PeopleProps) {
  const { id, view, door, hands, canModerate, actions, callActions, doorActions, onClose, onDetails, takesFocus, firstMenu } = props
  const say = useWords()
  const [leaving, ask] = useState<RosterEntry>()
  const act = (entry: RosterEntry, what: MenuAct) => {
    if (what === "details") onDetails(entry.id)
    else if (what === "ask-unmute") callActions.askToUnmute(entry.id)
    else if (what === "lower-hand") callActions.lowerHand(entry.id)
    else if (what === "remove") ask(entry)
    else actions.act(entry.id, what)
  }
  return (
    <Panel
      id={id}
      title={say("people.title")}
      onClose={onClose}
      foot={<Invite isHanded={view.room.kind !== "link"} onCopyLink={callActions.copyLink} />}
      takesFocus={takesFocus}
    >
      <AtDoorList door={door} actions={doorActions} />
      <HandQueue hands={hands} canModerate={canModerate} onLower={callActions.lowerHand} onLowerOwn={() => callActions.raiseHand(false)} />
      <RoleWishes roster={view.roster} onAct={actions.act} />
      {view.canTakeOver && <TakeOver onTakeOver={actions.takeOver} />}
      <ul className="roster people">
        {inOrderOfDoubt(view.roster).map((entry) => (
          <PersonRow key={entry.id} entry={entry} note={entry.isSilent ? say("people.silent") : undefined} hasRole>
            <span className="go">
              {entry.isMuted && <MicOff className="icon s" role="img" aria-label={say("people.muted")} />}
              {(entry.acts.length > 0 || (entry.who.known && !entry.isSelf)) && (
                <PersonMenu
                  entry={entry}
                  name={nameOf(entry, say)}
                  asks={asksTo(entry, hands, canModerate)}
                  onAct={(what) => act(entry, what)}
                  isOpen={entry.id === firstMenu}
                />
              )}
            </span>
          </PersonRow>
        ))}
      </ul>
      {view.blocked.length > 0 && <Blocked blocked={view.blocked} onUnblock={actions.unblock} />}
      {leaving !== undefined && (
        <Ask
          title={say("people.remove-title", { name: nameOf(leaving, say) })}
          yes={say("people.remove")}
          no={say("people.keep")}
          isDanger
          onAnswer={(isYes) => {
            if (isYes) actions.act(leaving.id, "remove")
            ask(undefined)
          }}
        >
          {say("people.remove-what", { name: nameOf(leaving, say) })}
        </Ask>
      )}
    </Panel>
  )
}

function Invite({ isHanded, onCopyLink }: { isHanded: boolean; onCopyLink: () => void }) {
  const say = useWords()
  return (
    <>
      <p className="small soft">{say(isHanded ? "people.invite-note-handed" : "people.invite-note")}</p>
      <button type="button" className="button wide" onClick={onCopyLink}>
        <Link className="icon s" aria-hidden="true" />
        {say("people.invite")}
      </button>
    </>
  )
}

/** D5: nobody becomes host by being left over; who was named may, by pressing. */
function TakeOver({ onTakeOver }: { onTakeOver: () => void }) {
  const say = useWords()
  return (
    <section className="take-over" aria-labelledby="take-over">
      <h3 id="take-over">{say("people.no-host")}</h3>
      <p>{say("people.no-host-what")}</p>
      <button type="button" className="button" onClick={onTakeOver}>
        {say("people.take-over")}
      </button>
    </section>
  )
}

function Blocked({ blocked, onUnblock }: { blocked: readonly BlockedView[]; onUnblock: (id: string) => void }) {
  const say = useWords()
  return (
    <Counted title={say("people.blocked")} count={blocked.length}>
      <ul className="roster">
        {blocked.map(({ id, name = say("people.blocked-unnamed") }) => (
          <PersonAct key={id} word={say("people.unblock")} label={say("people.unblock-name", { name })} onAct={() => onUnblock(id)}>
            <bdi>{name}</bdi>
          </PersonAct>
        ))}
      </ul>
    </Counted>
  )
}

function asksTo(entry: RosterEntry, hands: readonly HandView[], canModerate: boolean): readonly AskOfPerson[] {
  const { id, who, isSelf, isMuted, role } = entry
  if (isSelf || !who.known) return []
  return asksOf({ canModerate, isMuted, isListener: role === "listener", hasHand: hands.some((hand) => hand.id === id) })
}

const nameOf = ({ who }: RosterEntry, say: Say): string => (who.known ? who.name : say("people.remove-unnamed"))
