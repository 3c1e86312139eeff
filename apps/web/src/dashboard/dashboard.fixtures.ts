/** An organisation to draw the dashboard from: Northlight, two teams, a few rooms. */

import type {
  Delivery,
  DeveloperKey,
  Health,
  Invitation,
  LiveRoom,
  OwnAccount,
  Participant,
  Person,
  Room,
  RoomToken,
  ShownKey,
  Team,
  UsageOfDay,
  Webhook,
} from "./shapes.ts"
import type { Visit } from "./visit.ts"

/** Ids as the API makes them; the type says that only it does. */
const id = <T>(letter: string): T => `${letter.repeat(21)}A` as T

const at = (day: string, time = "09:00"): string => `2026-${day}T${time}:00.000Z`

export const teamFixtures = {
  press: { id: id<Team["id"]>("p"), name: "Press office", created_at: at("03-02") },
  council: { id: id<Team["id"]>("c"), name: "Works council", created_at: at("05-11") },
} satisfies Record<string, Team>
const { press, council } = teamFixtures

const plain = {
  ...{ team_id: press.id, external_id: null, default_role: "speaker", roles: ["moderator", "speaker", "attendee"], tags: [] },
  ...{ is_locked: false, max_participants: null, expires_at: null, kind_means: "", can_be_entered: true, entry: "" },
  ...{ created_at: at("11-02"), updated_at: at("11-02"), privacy: "private" },
} satisfies Partial<Room>

export const roomFixtures: Record<"sealed" | "byLink" | "open" | "unnamed", Room> = {
  sealed: {
    ...plain,
    ...{ id: id<Room["id"]>("b"), topic: "Budget review", friendly_url: "budget-review", e2ee_enabled: true, kind: "sealed-by-identity" },
    ...{ room_url: "https://meet.northlight.example/o/budget-review", external_id: "erp-4711", tags: ["finance", "monthly"] },
  },
  byLink: {
    ...plain,
    ...{ id: id<Room["id"]>("w"), topic: "Works council", friendly_url: "a41c0ffee5e11ab1e0ddba11c0de5afe", e2ee_enabled: true },
    ...{ kind: "sealed-by-link", room_url: null, team_id: council.id },
  },
  open: {
    ...plain,
    ...{ id: id<Room["id"]>("o"), topic: "Press office line", friendly_url: "press-line", e2ee_enabled: false, kind: "transport-only" },
    ...{ room_url: "https://meet.northlight.example/t/press-line", privacy: "public" },
  },
  unnamed: {
    ...plain,
    ...{ id: id<Room["id"]>("u"), topic: null, friendly_url: "thursday-school", e2ee_enabled: true, kind: "sealed-by-identity" },
    ...{ room_url: "https://meet.northlight.example/o/thursday-school", privacy: "public" },
  },
}

export const personFixtures = {
  lena: {
    ...{ id: id<Person["id"]>("l"), email: "lena@northlight.example", name: "Lena Fischer", role: "owner", created_at: at("03-02") },
    teams: [{ team_id: press.id, role: "team-manager" }],
  },
  ravi: {
    ...{ id: id<Person["id"]>("r"), email: "ravi@northlight.example", name: "Ravi Menon", role: "member", created_at: at("04-14") },
    teams: [
      { team_id: press.id, role: "member" },
      { team_id: council.id, role: "team-manager" },
    ],
  },
  amal: {
    ...{ id: id<Person["id"]>("a"), email: "amal.haddad@northlight.example", name: "Amal Haddad", role: "auditor", teams: [] },
    created_at: at("09-01"),
  },
} satisfies Record<string, Person>

const own = { has_authenticator_app: true, recovery_codes_left: 8, passkeys: 1 }
const ownerAccount: OwnAccount = { ...personFixtures.lena, ...own }
const memberAccount: OwnAccount = { ...personFixtures.ravi, ...own, teams: [{ team_id: press.id, role: "member" }] }

export const visitFixtures = {
  owner: { account: ownerAccount, teams: [press, council], team: undefined },
  member: { account: memberAccount, teams: [press], team: undefined },
} satisfies Record<string, Visit>

export const invitationFixtures: readonly Invitation[] = [
  {
    ...{ id: id<Invitation["id"]>("i"), kind: "new-account", account_id: null, role: "member", team_id: council.id, team_role: "member" },
    ...{ invited_by: personFixtures.lena.id, created_at: at("11-20"), expires_at: at("11-27") },
  },
  {
    ...{ id: id<Invitation["id"]>("j"), kind: "recovery", account_id: personFixtures.ravi.id, role: "member", team_id: null },
    ...{ team_role: null, invited_by: personFixtures.lena.id, created_at: at("11-21"), expires_at: at("11-22") },
  },
]

const key: DeveloperKey = {
  ...{ id: id<DeveloperKey["id"]>("k"), team_id: press.id, name: "Room booking", scopes: ["rooms.read", "rooms.write"] },
  ...{ created_at: at("06-01"), expires_at: "2027-06-01T09:00:00.000Z", last_used_at: at("11-21", "08:15") },
}

export const keyFixtures: readonly DeveloperKey[] = [
  key,
  {
    ...{ id: id<DeveloperKey["id"]>("m"), team_id: council.id, name: "Old calendar", scopes: ["rooms.read", "live.read", "usage.read"] },
    ...{ created_at: at("01-01"), expires_at: at("10-01"), last_used_at: null },
  },
]

export const shownKeyFixture: ShownKey = { ...key, key: "conclave_pFq0mC3n7yWb1sZx9hTk5vRd2eUj8aLg4iQo6wYcXtM" }

export const liveFixtures: readonly LiveRoom[] = [
  { room_id: roomFixtures.sealed.id, team_id: press.id, since: at("11-21", "13:05"), participants_count: 7, waiting_count: 1 },
  { room_id: roomFixtures.byLink.id, team_id: council.id, since: null, participants_count: 2, waiting_count: 0 },
]

export const participantFixtures: readonly Participant[] = [
  { pseudonym: "k7s3mhp2vq4ta6xd", since: at("11-21", "13:05"), is_connected: true },
  { pseudonym: "w2nd8rjf5yc9blz4", since: at("11-21", "13:09"), is_connected: false },
]

export const tokenFixtures: readonly RoomToken[] = [
  {
    ...{ id: id<RoomToken["id"]>("t"), role: "speaker", name: "Dr. Okafor", external_id: null },
    ...{ created_at: at("11-21"), expires_at: at("11-22", "17:00") },
  },
]

const webhook: Webhook = {
  ...{ id: id<Webhook["id"]>("h"), team_id: press.id, name: "Calendar", endpoint: "https://calendar.northlight.example/conclave" },
  ...{ events: ["session_started", "session_ended", "participant_joined"], is_enabled: true, disabled_because: null },
  ...{ failing_since: null, old_secret_until: null, created_by: { kind: "account", id: "olga" } },
  ...{ created_at: at("06-01"), updated_at: at("06-01") },
}

export const webhookFixtures: readonly Webhook[] = [
  webhook,
  {
    ...webhook,
    ...{ id: id<Webhook["id"]>("g"), team_id: council.id, name: "Minutes", endpoint: "https://minutes.example/hook" },
    ...{ is_enabled: false, disabled_because: "failing", failing_since: at("11-14", "07:30") },
  },
]

const delivery: Delivery = {
  ...{ id: id<Delivery["id"]>("d"), webhook_id: webhook.id, event_id: "evt_1", event: "session_started", state: "delivered" },
  ...{ is_replay: false, attempts: 1, created_at: at("11-21", "13:05"), last_attempt_at: at("11-21", "13:05") },
  ...{ next_attempt_at: null, response_status: 204, problem: null, took_milliseconds: 84 },
}

export const deliveryFixtures: readonly Delivery[] = [
  {
    ...delivery,
    ...{ id: id<Delivery["id"]>("e"), event: "participant_joined", state: "waiting", attempts: 2, response_status: null },
    ...{ problem: "timeout", next_attempt_at: at("11-21", "14:20") },
  },
  delivery,
]

/** Four weeks, quiet at weekends. */
export const usageFixtures: readonly UsageOfDay[] = Array.from({ length: 30 }, (_, n) => n)
  .filter((n) => n % 7 < 5)
  .map((n) => ({
    ...{ team_id: press.id, day: new Date(Date.UTC(2026, 9, 23 + n)).toISOString().slice(0, 10) },
    ...{ calls: 3 + ((n * 7) % 5), participant_minutes: 400 + ((n * 137) % 600), peak_participants: 5 + ((n * 3) % 9) },
  }))

export const healthFixtures: Record<"well" | "away", Health> = {
  well: {
    ...{ is_well: true, running_since: at("11-18"), database: { is_answering: true, took_milliseconds: 2 } },
    ...{ sfu: { is_answering: true, ways: ["udp", "tcp"] }, relay: { is_on: false }, calls: { live_count: 2, participants_count: 9 } },
    webhooks: { waiting_count: 1, oldest_waiting_since: at("11-21", "13:05"), failing_count: 0 },
  },
  away: {
    ...{ is_well: false, running_since: at("11-18"), database: { is_answering: false, took_milliseconds: null } },
    ...{ sfu: { is_answering: false, ways: [] }, relay: { is_on: true }, calls: { live_count: 0, participants_count: 0 } },
    webhooks: null,
  },
}
