/** Every screen of the dashboard, by name, in its frame. */

import type { ReactNode } from "react"
import * as given from "../dashboard/dashboard.fixtures.ts"
import { Frame } from "../dashboard/frame.tsx"
import { HealthScreen } from "../dashboard/health/health-screen.tsx"
import { KeysScreen } from "../dashboard/keys/keys-screen.tsx"
import type { KeysActions, KeysView } from "../dashboard/keys/keys-view.ts"
import { LiveScreen } from "../dashboard/live/live-screen.tsx"
import type { LiveActions, LiveView } from "../dashboard/live/live-view.ts"
import type { Part } from "../dashboard/parts-offered.ts"
import { PeopleScreen } from "../dashboard/people/people-screen.tsx"
import type { PeopleActions, PeopleView } from "../dashboard/people/people-view.ts"
import { emptyDraft } from "../dashboard/rooms/room-draft.ts"
import { RoomScreen } from "../dashboard/rooms/room-screen.tsx"
import type { RoomActions, RoomView } from "../dashboard/rooms/room-view.ts"
import { RoomsScreen } from "../dashboard/rooms/rooms-screen.tsx"
import type { RoomsActions, RoomsView } from "../dashboard/rooms/rooms-view.ts"
import { ShownOnce } from "../dashboard/parts/shown-once.tsx"
import { TeamsScreen } from "../dashboard/teams/teams-screen.tsx"
import type { TeamsActions, TeamsView } from "../dashboard/teams/teams-view.ts"
import { UsageScreen } from "../dashboard/usage/usage-screen.tsx"
import { seriesOf } from "../dashboard/usage/usage-series.ts"
import type { Loaded } from "../dashboard/use-loaded.ts"
import type { Visit } from "../dashboard/visit.ts"
import { WebhooksScreen } from "../dashboard/webhooks/webhooks-screen.tsx"
import type { WebhooksActions, WebhooksView } from "../dashboard/webhooks/webhooks-view.ts"
import { silent } from "./silent.ts"

const { owner, member } = given.visitFixtures
const { sealed, byLink, open, unnamed } = given.roomFixtures
const teams = Object.values(given.teamFixtures)
const people = Object.values(given.personFixtures)

const done = <Value,>(value: Value) => ({ kind: "done", value }) as const
const list = <One,>(...data: readonly One[]) => done({ data, total_count: data.length })
const quiet =
  <Value,>(value: Value) =>
  () =>
    Promise.resolve(done(value))
const teamName = (of: string): string | undefined => teams.find(({ id }) => id === of)?.name

const framed = (part: Part, screen: ReactNode, visit: Visit = owner, isOfTeams = part !== "teams"): ReactNode => (
  <Frame visit={visit} part={part} isOfTeams={isOfTeams} onTeam={() => undefined} onSignOut={() => undefined}>
    {screen}
  </Frame>
)

const roomsView: RoomsView = {
  rooms: { ...list(sealed, byLink, open, unnamed), value: { data: [sealed, byLink, open, unnamed], total_count: 61 } },
  inside: new Map([[sealed.id, 7]]),
  ...{ offset: 25, search: "" },
  making: { teams, mayOpenIn: teams.map(({ id }) => id as string) },
}
const roomsActions = silent<RoomsActions>("rooms")
const rooms = (view: Partial<RoomsView>, visit?: Visit): ReactNode =>
  framed("rooms", <RoomsScreen view={{ ...roomsView, offset: 0, ...view }} actions={roomsActions} />, visit)
const openDraft = { draft: { ...emptyDraft, topic: "Press office line" }, isSealed: false }

const roomView: RoomView = { room: done(sealed), tokens: list(...given.tokenFixtures), mayChange: true, mayOpen: true }
const room = (view: Partial<RoomView>, visit?: Visit, wish?: "on" | "off"): ReactNode =>
  framed(
    "rooms",
    <RoomScreen view={{ ...roomView, ...view }} actions={silent<RoomActions>("room")} {...(wish && { firstWish: wish })} />,
    visit,
    false,
  )

const liveView: LiveView = {
  calls: list(...given.liveFixtures),
  names: new Map([[sealed.id, "Budget review"]]),
  ...{ offset: 0, mayEnd: () => true },
}
const liveActions: LiveActions = {
  ...{ again: () => undefined, turn: () => undefined, end: quiet(undefined), remove: quiet(undefined) },
  participants: quiet({ data: given.participantFixtures, total_count: 2 }),
}
const live = (view: Partial<LiveView>): ReactNode =>
  framed("live", <LiveScreen view={{ ...liveView, ...view }} actions={liveActions} firstOpen={sealed.id} />)

const peopleView: PeopleView = {
  people: list(...people),
  ...{ offset: 0, self: owner.account.id, teamName, mayActOn: () => true, rolesToGive: ["owner", "admin", "auditor", "member"] },
  inviting: { invitations: list(...given.invitationFixtures), teams, needsTeam: false },
}
const peopleScreen = (view: Partial<PeopleView>, firstOpen: string, visit?: Visit): ReactNode =>
  framed(
    "people",
    <PeopleScreen view={{ ...peopleView, ...view }} actions={silent<PeopleActions>("people")} firstOpen={firstOpen} />,
    visit,
  )

const teamsView: TeamsView = { teams: list(...teams), offset: 0, mayMake: true, mayFill: () => true }
const teamsActions: TeamsActions = {
  ...silentTeams(),
  members: quiet({ data: [given.personFixtures.lena, given.personFixtures.ravi], total_count: 2 }),
  people: quiet({ data: people, total_count: 3 }),
}
function silentTeams(): Omit<TeamsActions, "members" | "people"> {
  const [team] = teams as [(typeof teams)[number]]
  return {
    ...{ again: () => undefined, turn: () => undefined, make: quiet(team), rename: quiet(team) },
    ...{ remove: quiet(undefined), setMember: quiet(undefined), takeOut: quiet(undefined) },
  }
}
const teamsScreen = (view: Partial<TeamsView>, visit?: Visit): ReactNode =>
  framed("teams", <TeamsScreen view={{ ...teamsView, ...view }} actions={teamsActions} firstOpen={given.teamFixtures.press.id} />, visit)

const keysView: KeysView = {
  keys: list(...given.keyFixtures),
  ...{ offset: 0, now: Date.parse("2026-11-21T14:00:00Z"), makeIn: teams, mayChange: () => true, teamName },
}
const keys = (view: Partial<KeysView>, first: { firstShown?: typeof given.shownKeyFixture; firstOpen?: string } = {}): ReactNode =>
  framed("keys", <KeysScreen view={{ ...keysView, ...view }} actions={silent<KeysActions>("keys")} {...first} />)

const [webhook] = given.webhookFixtures as [(typeof given.webhookFixtures)[number]]
const webhooksView: WebhooksView = {
  webhooks: list(...given.webhookFixtures),
  ...{ offset: 0, makeIn: teams, mayChange: () => true, teamName },
}
const [delivery] = given.deliveryFixtures as [(typeof given.deliveryFixtures)[number]]
const webhooksActions: WebhooksActions = {
  ...{ again: () => undefined, turn: () => undefined, remove: quiet(undefined), change: quiet(webhook) },
  ...{ make: quiet({ ...webhook, secret: "" }), rotate: quiet({ ...webhook, secret: "" }), test: quiet(delivery), replay: quiet(delivery) },
  deliveries: quiet({ data: given.deliveryFixtures, total_count: 2 }),
}
const webhooks = (view: Partial<WebhooksView>): ReactNode =>
  framed("webhooks", <WebhooksScreen view={{ ...webhooksView, ...view }} actions={webhooksActions} firstOpen={webhook.id} />)

const series = seriesOf(given.usageFixtures, { now: Date.parse("2026-11-21T14:00:00Z"), days: 30 })
const usage = (of: Loaded<typeof series>): ReactNode =>
  framed("usage", <UsageScreen usage={of} span="30" onSpan={() => undefined} onAgain={() => undefined} />)

const health = (of: "well" | "away"): ReactNode =>
  framed("health", <HealthScreen health={done(given.healthFixtures[of])} onAgain={() => undefined} />, owner, false)

const away = { kind: "refused", code: "server-away", fields: [] } as const

export const dashboardScreens: readonly (readonly [string, ReactNode])[] = [
  ["dashboard-rooms", rooms({})],
  ["dashboard-rooms-open", framed("rooms", <RoomsScreen view={roomsView} actions={roomsActions} firstMaking={openDraft} />)],
  ["dashboard-rooms-none", rooms({ rooms: list() })],
  ["dashboard-rooms-not-found", rooms({ rooms: list(), search: "budgte" })],
  ["dashboard-rooms-loading", rooms({ rooms: undefined })],
  ["dashboard-rooms-away", rooms({ rooms: away })],
  ["dashboard-rooms-member", rooms({ making: { teams: [given.teamFixtures.press], mayOpenIn: [] } }, member)],
  ["dashboard-room", room({})],
  ["dashboard-room-by-link", room({ room: done(byLink) })],
  ["dashboard-room-open", room({ room: done(open), tokens: list() })],
  ["dashboard-room-turn-off", room({}, owner, "off")],
  ["dashboard-room-turn-on", room({ room: done(open) }, owner, "on")],
  ["dashboard-room-read", room({ mayChange: false, mayOpen: false }, member)],
  ["dashboard-room-gone", room({ room: { kind: "refused", code: "not-found", fields: [] } })],
  [
    "dashboard-secret-link",
    <>
      {room({ room: done(byLink) })}
      <ShownOnce
        title="The room’s link"
        note="This link is nowhere else."
        text="https://meet.northlight.example/r/sd8f7sd8f7sdf8s7df8s7w#wMkYpFq0mC3n7yWb1sZx9g.hTk5vRd2eUj8aLg4iQo6wA"
        onDone={() => undefined}
      />
    </>,
  ],
  ["dashboard-live", live({})],
  ["dashboard-live-none", live({ calls: list() })],
  ["dashboard-people", peopleScreen({}, given.personFixtures.ravi.id)],
  ["dashboard-people-read", peopleScreen({ inviting: undefined, mayActOn: () => false }, "", member)],
  ["dashboard-teams", teamsScreen({})],
  ["dashboard-teams-none", teamsScreen({ teams: list() })],
  ["dashboard-keys", keys({}, { firstOpen: given.keyFixtures[0]?.id ?? "" })],
  ["dashboard-keys-none", keys({ keys: list() })],
  ["dashboard-key-shown", keys({}, { firstShown: given.shownKeyFixture })],
  ["dashboard-webhooks", webhooks({})],
  ["dashboard-webhooks-none", webhooks({ webhooks: list() })],
  ["dashboard-usage", usage(done(series))],
  ["dashboard-usage-none", usage(done(seriesOf([], { now: 0, days: 7 })))],
  ["dashboard-health", health("well")],
  ["dashboard-health-away", health("away")],
  ["dashboard-no-team", framed("rooms", null, { ...owner, teams: [] })],
  ["dashboard-not-yours", framed("keys", null, member)],
]
