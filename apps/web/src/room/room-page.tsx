import { lazy, Suspense, useEffect, useSyncExternalStore } from "react"
import { openRoom } from "../session/open-room.ts"
import { SettingsHost } from "../settings/settings-host.tsx"
import { useHearing } from "../sounds/use-hearing.ts"
import { StateScreen } from "../state/state-screen.tsx"
import type { OpenedRoom, RoomActions, RoomSession, RoomView, SettingsDevices } from "../view/room.ts"

const LobbyScreen = lazy(() => import("../lobby/lobby-screen.tsx").then((module) => ({ default: module.LobbyScreen })))
const WaitingScreen = lazy(() => import("../door/waiting-screen.tsx").then((module) => ({ default: module.WaitingScreen })))
const PasswordScreen = lazy(() => import("../door/password-screen.tsx").then((module) => ({ default: module.PasswordScreen })))
const CallScreen = lazy(() => import("../call/call-screen.tsx").then((module) => ({ default: module.CallScreen })))

/** One visit to a room, from lobby to leaving. Another address is another page load, so there is one session per page. */
export function RoomPage({ opened }: { opened: OpenedRoom }) {
  const session = theVisit(opened)
  useEffect(() => {
    addEventListener("pagehide", session.close)
    return () => removeEventListener("pagehide", session.close)
  }, [session])
  useHearing(session)
  return (
    <Suspense fallback={<StateScreen view={{ kind: "connecting" }} actions={session.actions.state} />}>
      <Screen session={session} />
    </Suspense>
  )
}

function Screen({ session }: { session: RoomSession }) {
  const view = useSyncExternalStore(session.subscribe, session.view)
  return (
    <>
      <ScreenOf view={view} actions={session.actions} />
      <SettingsHost devices={devicesIn(view)} actions={session.actions.lobby} />
    </>
  )
}

function devicesIn(view: RoomView): SettingsDevices | undefined {
  return view.screen === "lobby" ? view.lobby : view.screen === "call" ? view.devices : undefined
}

function ScreenOf({ view, actions }: { view: RoomView; actions: RoomActions }) {
  switch (view.screen) {
    case "lobby":
      return <LobbyScreen view={view.lobby} actions={actions.lobby} />
    case "waiting":
      return <WaitingScreen view={view.waiting} actions={actions.call} />
    case "password":
      return <PasswordScreen view={view.password} actions={actions.password} />
    case "call":
      return <CallScreen call={view.call} security={view.security} rules={view.rules} statistics={view.statistics} actions={actions} />
    case "state":
      return <StateScreen view={view.state} actions={actions.state} />
  }
}

let visit: RoomSession | undefined

/** One visit per page load, however often React draws this page: two would ask for the same lock and the same camera (D11). */
const theVisit = (opened: OpenedRoom): RoomSession => (visit ??= openRoom(opened))
