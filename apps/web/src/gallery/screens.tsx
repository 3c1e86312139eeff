/** Every screen there is, by the name of its fixture. */

import type { ReactNode } from "react"
import { callFixtures, type CallFixture } from "../call/call.fixtures.ts"
import { CallScreen } from "../call/call-screen.tsx"
import { passwordFixtures } from "../door/password.fixtures.ts"
import { PasswordScreen } from "../door/password-screen.tsx"
import { WaitingScreen } from "../door/waiting-screen.tsx"
import { waitingFixtures } from "../door/waiting.fixtures.ts"
import { LobbyScreen } from "../lobby/lobby-screen.tsx"
import { lobbyFixtures } from "../lobby/lobby.fixtures.ts"
import { SettingsDialog } from "../settings/settings-dialog.tsx"
import { settingsFixtures, type SettingsFixture } from "../settings/settings.fixtures.ts"
import { ShortcutHelp } from "../shortcuts/shortcut-help.tsx"
import { StartScreen } from "../start/start-screen.tsx"
import { startFixtures } from "../start/start.fixtures.ts"
import { StateScreen } from "../state/state-screen.tsx"
import { stateFixtures } from "../state/state.fixtures.ts"
import type { PasswordView, WaitingView } from "../view/door.ts"
import type { LobbyView } from "../view/lobby.ts"
import type { RoomActions } from "../view/room.ts"
import type { StartView } from "../view/start.ts"
import type { StateView } from "../view/state.ts"
import { accountScreens } from "./account-screens.tsx"
import { dashboardScreens } from "./dashboard-screens.tsx"
import { silent } from "./silent.ts"
import "../styles/start.css"

const start = (view: StartView): ReactNode => <StartScreen view={view} actions={silent("start")} />
const lobby = (view: LobbyView): ReactNode => <LobbyScreen view={view} actions={silent("lobby")} />
const state = (view: StateView): ReactNode => <StateScreen view={view} actions={silent("state")} />
const waiting = (view: WaitingView): ReactNode => <WaitingScreen view={view} actions={silent("call")} />
const password = (view: PasswordView): ReactNode => <PasswordScreen view={view} actions={silent("password")} />
const actions: RoomActions = {
  lobby: silent("lobby"),
  call: silent("call"),
  security: silent("security"),
  door: silent("door"),
  password: silent("password"),
  people: silent("people"),
  rules: silent("rules"),
  state: silent("state"),
}
const close = silent<{ close: () => void }>("settings").close
const settings = ({ page, devices }: SettingsFixture): ReactNode => (
  <>
    {lobby(lobbyFixtures.lobby)}
    {page === "help" ? (
      <ShortcutHelp onClose={close} />
    ) : (
      <SettingsDialog page={page} devices={devices} actions={actions.lobby} onClose={close} />
    )}
  </>
)
const unmeasured = { subscribe: () => () => undefined }
const call = ({ call, security, rules, panel, person, menu, stripMenu, stage, statistics = unmeasured }: CallFixture): ReactNode => (
  <CallScreen
    call={call}
    security={security}
    rules={rules}
    statistics={statistics}
    actions={actions}
    {...(panel !== undefined && { firstPanel: panel })}
    {...(person !== undefined && { firstPerson: person })}
    {...(menu !== undefined && { firstMenu: menu })}
    {...(stripMenu !== undefined && { firstStripMenu: stripMenu })}
    {...(stage !== undefined && { firstStage: stage })}
  />
)

function drawn<View>(fixtures: Record<string, View>, draw: (view: View) => ReactNode): [string, ReactNode][] {
  return Object.entries(fixtures).map(([name, view]) => [name, draw(view)])
}

export const screens: ReadonlyMap<string, ReactNode> = new Map([
  ...drawn<StartView>(startFixtures, start),
  ...drawn<LobbyView>(lobbyFixtures, lobby),
  ...drawn<WaitingView>(waitingFixtures, waiting),
  ...drawn<PasswordView>(passwordFixtures, password),
  ...drawn<CallFixture>(callFixtures, call),
  ...drawn<SettingsFixture>(settingsFixtures, settings),
  ...drawn<StateView>(stateFixtures, state),
  ...accountScreens,
  ...dashboardScreens,
])
