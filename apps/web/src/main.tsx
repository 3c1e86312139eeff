import { lazy, Suspense } from "react"
import { createRoot } from "react-dom/client"
import { placeOf, type Place } from "./address.ts"
import { loadLanguage, wantedOf, wearLanguage } from "./i18n/language.ts"
import { Speaking } from "./i18n/speaking.tsx"
import { settings } from "./session/settings-store.ts"
import { followTheme } from "./settings/theme.ts"
import { StartPage } from "./start/start-page.tsx"
import "./styles/tokens.css"
import "./styles/base.css"

// The first page stays light: everything a call needs comes in chunks of its own.
const RoomPage = lazy(() => import("./room/room-page.tsx").then((module) => ({ default: module.RoomPage })))
const EntryPage = lazy(() => import("./room/entry-page.tsx").then((module) => ({ default: module.EntryPage })))
const NewRoomPage = lazy(() => import("./room/new-room-page.tsx").then((module) => ({ default: module.NewRoomPage })))
const SetupPage = lazy(() => import("./account/setup-page.tsx").then((module) => ({ default: module.SetupPage })))
const LoginPage = lazy(() => import("./account/login-page.tsx").then((module) => ({ default: module.LoginPage })))
const InvitationPage = lazy(() => import("./account/invitation-page.tsx").then((module) => ({ default: module.InvitationPage })))
const AccountPage = lazy(() => import("./account/account-page.tsx").then((module) => ({ default: module.AccountPage })))
const DashboardPage = lazy(() => import("./dashboard/dashboard-page.tsx").then((module) => ({ default: module.DashboardPage })))
const DeadEnd = lazy(() => import("./state/dead-end.tsx").then((module) => ({ default: module.DeadEnd })))

function App({ place }: { place: Place }) {
  switch (place.page) {
    case "start":
      return <StartPage />
    case "new":
      return <NewRoomPage />
    case "room":
      return <RoomPage opened={{ kind: "link", room: place.room, fragment: place.fragment }} />
    case "handed":
      return <EntryPage address={place} />
    case "setup":
      return <SetupPage token={place.token} />
    case "login":
      return <LoginPage next={place.next} />
    case "invitation":
      return <InvitationPage token={place.token} />
    case "account":
      return <AccountPage />
    case "dashboard":
      return <DashboardPage place={place} />
    // It closes itself; nobody is to see it.
    case "identity":
      return null
    case "nowhere":
      return <DeadEnd view={{ kind: "nowhere" }} />
  }
}

const place = placeOf(location)
if (place.page === "identity") (await import("./adapters/identity-return.ts")).handOver()
const root = document.getElementById("root")
if (root === null) throw new Error("bug: no root element")
followTheme()
const language = await loadLanguage(wantedOf(settings.current().language, navigator.languages))
wearLanguage(language)
// A link pasted over this one changes only the fragment. Another link is another visit: everything of the old one goes.
addEventListener("hashchange", () => location.reload())
createRoot(root).render(
  <Speaking first={language}>
    <Suspense>
      <App place={place} />
    </Suspense>
  </Speaking>,
)
