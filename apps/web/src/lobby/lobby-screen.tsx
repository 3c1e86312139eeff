import { ChevronRight, Link, Settings } from "lucide-react"
import { useId, type SyntheticEvent } from "react"
import { useWords } from "../i18n/use-words.ts"
import { openSettings } from "../settings/open-settings.ts"
import { Page } from "../ui/page.tsx"
import { useTitle } from "../ui/use-title.ts"
import { Devices } from "./devices.tsx"
import type { RoomSaid } from "../view/lobby.ts"
import type { LobbyProps } from "./lobby-props.ts"
import { Network } from "./network.tsx"
import { Preview } from "./preview.tsx"
import { AccountSaid, KindOfRoom, useSees } from "./room-said.tsx"
import { Vouching } from "./vouching.tsx"
import "../styles/lobby.css"

/** Before you go in: how others will see and hear you, under which name, and what the server learns. */
export function LobbyScreen({ view, actions }: LobbyProps) {
  const say = useWords()
  useTitle(`${say("lobby.title")} · ${say("app.name")}`)
  return (
    <Page className="lobby">
      <Preview view={view} actions={actions} />
      <div className="side">
        <h1>
          <bdi>{view.topic ?? say("lobby.heading")}</bdi>
        </h1>
        <KindOfRoom room={view.room} />
        <EntryForm view={view} actions={actions} />
      </div>
    </Page>
  )
}

function EntryForm({ view, actions }: LobbyProps) {
  const say = useWords()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    actions.join()
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      <NameField view={view} actions={actions} />
      <AccountSaid room={view.room} />
      {view.vouching.map((one) => (
        <Vouching key={one.id} view={one} onVouch={() => actions.vouch(one.id)} />
      ))}
      <Devices view={view} actions={actions} />
      <Network view={view.network} check={actions.checkNetwork} />
      <button className="button primary large wide" disabled={view.isJoining}>
        {say(view.isJoining ? "lobby.joining" : "lobby.join")}
      </button>
      <div className="others">
        <button type="button" className="button quiet" disabled={view.isJoining} onClick={actions.joinWithoutDevices}>
          {say("lobby.join-without")}
        </button>
        <button type="button" className="button quiet" onClick={actions.copyLink}>
          <Link className="icon s" aria-hidden="true" />
          <span role="status">{say(view.isLinkCopied ? "lobby.link-copied" : "lobby.copy-link")}</span>
        </button>
        <button type="button" className="button quiet" onClick={() => openSettings()}>
          <Settings className="icon s" aria-hidden="true" />
          {say("settings.title")}
        </button>
      </div>
      <ServerSees room={view.room} />
    </form>
  )
}

function NameField({ view, actions }: LobbyProps) {
  const say = useWords()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{say("lobby.name")}</label>
      <input
        className="input"
        id={id}
        value={view.name}
        autoComplete="name"
        maxLength={400}
        dir="auto"
        required
        aria-invalid={view.nameTrouble !== undefined}
        aria-describedby={`${id}-trouble`}
        onChange={(event) => actions.typeName(event.target.value)}
      />
      <p className="trouble" id={`${id}-trouble`} role="status">
        {view.nameTrouble !== undefined && say(`lobby.name.${view.nameTrouble}`)}
      </p>
    </div>
  )
}

function ServerSees({ room }: { room: RoomSaid }) {
  const say = useWords()
  const { all, sees, not } = useSees(room)
  return (
    <details className="sees">
      <summary>
        <ChevronRight className="icon s" aria-hidden="true" />
        <span>{all}</span>
      </summary>
      <dl>
        <div>
          <dt>{say("lobby.sees")}</dt>
          <dd>{sees}</dd>
        </div>
        {not !== undefined && (
          <div>
            <dt>{say("lobby.sees-not")}</dt>
            <dd>{not}</dd>
          </div>
        )}
      </dl>
    </details>
  )
}
