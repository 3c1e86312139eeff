import { afterAll, beforeAll, expect, test } from "vitest"
import { allOperations, permissions, scopes } from "@conclave/api"
import type {
  AccountId,
  InvitationId,
  Operation,
  PasskeyId,
  Permission,
  RoomRecordId,
  RoomTokenId,
  SessionId,
  TeamId,
  WebhookId,
} from "@conclave/api"
import { freshId, makeKey } from "../api/new-key.ts"
import { House } from "../house.fixture.ts"
import { hashOf } from "../tokens.ts"
import { authorise, type Subject } from "./authorise.ts"
import { isOfTeam, operationReach, reachOf, roleMatrix, subjectNames, subjects, type Reach, type SubjectName } from "./matrix.ts"
import { Person, setUpOwner } from "./people.fixture.ts"
import type { OrganisationRole, TeamRole } from "./held-role.ts"

/** What ought to be, said once more by hand: whoever changes a right changes it here too. */
const ought: Record<Permission, string> = {
  //                           nobody member team-member team-manager auditor admin owner key
  "nobody-signed-in": "          all    all    all         all          all     all   all   all",
  own: "                         -      self   self        self         self    self  self  -",
  "rooms.read": "                -      -      team        team         all     all   all   team",
  "rooms.write": "               -      -      team        team         -       all   all   team",
  "rooms.make-transport-only": " -      -      -           team         -       all   all   team",
  "live.read": "                 -      -      team        team         all     all   all   team",
  "live.end": "                  -      -      -           team         -       all   all   team",
  "keys.read": "                 -      -      -           team         all     all   all   -",
  "keys.write": "                -      -      -           team         -       all   all   -",
  "people.read": "               -      -      team        team         all     all   all   -",
  "people.invite": "             -      -      -           team         -       all   all   -",
  "people.change": "             -      -      -           team         -       all   all   -",
  "teams.read": "                -      -      team        team         all     all   all   -",
  "teams.write": "               -      -      -           -            -       all   all   -",
  "webhooks.read": "             -      -      -           team         all     all   all   team",
  "webhooks.write": "            -      -      -           team         -       all   all   team",
  "audit.read": "                -      -      -           -            all     all   all   -",
  "usage.read": "                -      -      -           team         all     all   all   team",
  "health.read": "               -      -      -           -            all     all   all   -",
  "organisation.read": "         -      all    all         all          all     all   all   -",
  "organisation.write": "        -      -      -           -            -       all   all   -",
}

test("D36.16: the rights of each role are those written down, and no others", () => {
  for (const permission of permissions) {
    const reaches = subjectNames.map((name) => reachOf(name, permission))
    expect([permission, reaches.join(" ")]).toEqual([permission, ought[permission].trim().replaceAll(/ +/g, " ")])
  }
})

test("D36.16: the matrix has every operation and everybody", () => {
  expect(roleMatrix().map(({ operation }) => operation.id)).toEqual(allOperations.map(({ id }) => id))
  expect(roleMatrix().length).toBeGreaterThan(50)
})

test("D37.6: a key without scopes may nothing that is not open to all, and one scope is one right", () => {
  const team = "own team" as TeamId
  for (const permission of permissions) {
    const key = { kind: "key" as const, team, scopes: [] }
    expect(authorise(key, permission, { team })).toBe(permission === "nobody-signed-in" ? "allowed" : "denied")
    for (const scope of scopes)
      expect(authorise({ ...key, scopes: [scope] }, permission, { team }) === "allowed").toBe(
        permission === scope || permission === "nobody-signed-in",
      )
  }
})

const clock = { now: Date.parse("2026-11-21T12:00:00Z") }
let house: House
let owner: AccountId
let teams: Record<"own" | "other", TeamId>
beforeAll(async () => {
  house = await House.open({ now: () => clock.now })
  owner = (await (await setUpOwner(house)).id()) as AccountId
  teams = { own: freshId<TeamId>(), other: freshId<TeamId>() }
  for (const id of Object.values(teams)) await house.stores.organisation.teams.add({ id, name: "Team", madeAt: clock.now })
})
afterAll(() => house[Symbol.asyncDispose]())

interface Asker {
  readonly person: Person
  readonly headers: Record<string, string>
  readonly session: SessionId
  readonly passkey: PasskeyId
}

const inTeam: Partial<Record<SubjectName, TeamRole>> = { "team member": "member", "team-manager": "team-manager" }

/** The first role of a subject is that of the organisation. */
function heldBy(name: SubjectName): { readonly role: OrganisationRole } {
  const subject: Subject = subjects[name]
  const [held] = subject.kind === "account" ? subject.roles : []
  if (held === undefined || "team" in held) throw new Error("bug: no account")
  return held
}

/** Somebody new of that kind. */
async function askerOf(name: SubjectName): Promise<Asker> {
  const person = new Person(house, "Somebody")
  const nothing = { person, headers: {}, session: freshId<SessionId>(), passkey: freshId<PasskeyId>() }
  if (name === "nobody") return nothing
  if (name === "key") {
    const times = { createdAt: clock.now, createdBy: undefined, expiresAt: clock.now + 3_600_000 }
    const { text } = await makeKey(house.stores.api.keys, { team: teams.own, name: "k", scopes, ...times })
    return { ...nothing, headers: { authorization: `Bearer ${text}` } }
  }
  const { role } = heldBy(name)
  const account = await newAccount(role, inTeam[name] && { id: teams.own, role: inTeam[name] })
  const { session, passkey } = nothing
  const token = hashOf(account)
  const { sessions, factors } = house.stores.organisation
  await sessions.add({ id: session, account, madeAt: clock.now, seenAt: clock.now, provenAt: clock.now, agent: "" }, hashOf(token))
  await factors.addPasskey({
    id: passkey,
    account,
    credential: account,
    publicKey: new Uint8Array(1),
    counter: 0,
    name: "k",
    madeAt: 0,
    usedAt: undefined,
  })
  person.cookie = `conclave=${token}`
  return { ...nothing, person }
}

async function newAccount(role: OrganisationRole, team: { id: TeamId; role: TeamRole } | undefined): Promise<AccountId> {
  const { invitations } = house.stores.organisation
  const [id, account] = [freshId<InvitationId>(), freshId<AccountId>()]
  await invitations.add({ id, account: undefined, role, team, by: owner, madeAt: 0, expiresAt: 1 }, id)
  await invitations.accept(id, { id: account, email: `${account}@example.org`, name: "N", role, madeAt: clock.now, passwordHash: "none" })
  return account
}

/** The room of the path that is being filled: a token is one of its. */
let room: RoomRecordId

/** What the parameters of a path stand for, made for one request in one team, in the order of the path. */
const things: Record<string, (team: TeamId, asker: Asker) => Promise<string>> = {
  team: (team) => Promise.resolve(team),
  account: (team) => newAccount("member", { id: team, role: "member" }),
  session: (_, { session }) => Promise.resolve(session),
  passkey: (_, { passkey }) => Promise.resolve(passkey),
  key: async (team) => {
    const times = { createdAt: clock.now, createdBy: undefined, expiresAt: clock.now + 3_600_000 }
    return (await makeKey(house.stores.api.keys, { team, name: "k", scopes: ["rooms.read"], ...times })).kept.id
  },
  webhook: async (team) => {
    const id = freshId<WebhookId>()
    const secret = { sealedSecret: new Uint8Array(1), old: undefined }
    const standing = { disabledBecause: "by-hand", failingSince: undefined } as const
    const facts = { id, team, name: "w", endpoint: "https://example.org/", events: ["room_created"] } as const
    const origin = { createdBy: { kind: "account", id: owner }, createdAt: 0, updatedAt: 0 } as const
    await house.stores.webhooks.add({ ...facts, ...secret, ...standing, ...origin }, 1000)
    return id
  },
  delivery: () => Promise.resolve(freshId()),
  invitation: async (team) => {
    const id = freshId<InvitationId>()
    const invitation = {
      id,
      account: undefined,
      role: "member",
      team: { id: team, role: "member" },
      by: owner,
      madeAt: 0,
      expiresAt: 1,
    } as const
    await house.stores.organisation.invitations.add(invitation, id)
    return id
  },
  room: async (team) => {
    const times = { createdAt: clock.now, createdBy: undefined, expiresAt: clock.now + 3_600_000 }
    const { text } = await makeKey(house.stores.api.keys, { team, name: "k", scopes, ...times })
    const { body } = await new Person(house, "Key").ask("POST /rooms", {}, { authorization: `Bearer ${text}` })
    room = String(body["id"]) as RoomRecordId
    return room
  },
  participant: () => Promise.resolve(freshId()),
  token: async () => {
    const id = freshId<RoomTokenId>()
    const token = { id, room, role: "speaker", name: null, externalId: null, by: { account: owner }, createdAt: 0, expiresAt: 1 } as const
    await house.stores.api.tokens.add(token, id)
    return id
  },
}

/** Fields without which a request is not understood; operations that everybody may not even try need none. */
const bodies: Record<string, object> = {
  createKey: { name: "k", scopes: ["rooms.read"] },
  createWebhook: { name: "w", endpoint: "https://example.org/", events: ["room_created"] },
  changePerson: { role: "member" },
  changeOrganisation: { name: "Rosen" },
  createTeam: { name: "Team" },
  changeTeam: { name: "Team" },
  setTeamMember: { role: "team-manager" },
  uploadRoomSecret: { room: freshId(), access_hash: "A".repeat(43), shelf: "AAAA", key: "A".repeat(43) },
}

/** Whether the server let somebody through to the act itself, whatever came of that. */
async function isLetIn(operation: Operation, asker: Asker, team: TeamId): Promise<{ isLetIn: boolean; code: string | undefined }> {
  // Limits are another test's.
  clock.now += 1000
  let { path } = operation
  for (const [slot, name = ""] of path.matchAll(/\{(\w+)\}/g)) {
    const make = things[name]
    if (make === undefined) throw new Error(`say in this test what {${name}} stands for`)
    path = path.replace(slot, await make(team, asker)) as `/${string}`
  }
  const named = { team_id: team }
  const query = operation.query !== undefined && "team_id" in operation.query.shape ? `?team_id=${team}` : ""
  const body = operation.body && { ...bodies[operation.id], ...("team_id" in operation.body.shape ? named : {}) }
  const { code, status } = await asker.person.ask(`${operation.method} ${path}${query}` as `${string} /${string}`, body, asker.headers)
  expect(status).toBeLessThan(500)
  const isRefused = code === "not-signed-in" || code === "denied" || code === "not-found"
  return { isLetIn: !isRefused, code }
}

/** "team": what is their own team's, and lists, which show no more than that. */
const expected = (operation: Operation, reach: Reach, where: "own" | "other"): boolean =>
  reach === "team" ? where === "own" || !isOfTeam(operation) : reach !== "-"

type Askers = Map<SubjectName, Asker>

/** Asks for one operation as everybody in turn, about what is the asker's team's and what is another team's. */
async function askAll(operation: Operation, askers: Askers): Promise<void> {
  for (const name of subjectNames) {
    for (const where of ["own", "other"] as const) {
      // What one does to oneself may be that one is logged in no more.
      const asker = operation.needs === "own" ? await askerOf(name) : (askers.get(name) ?? (await askerOf(name)))
      askers.set(name, asker)
      const { isLetIn: was, code } = await isLetIn(operation, asker, teams[where])
      const ought = expected(operation, operationReach(name, operation), where)
      const cell = { operation: operation.id, name, where, code }
      expect({ ...cell, isLetIn: was }).toEqual({ ...cell, isLetIn: ought })
    }
  }
}

for (const tag of new Set(allOperations.map((operation) => operation.tag)))
  test(`A4.01, D36.16: the server keeps to the matrix: ${tag}`, async () => {
    const askers: Askers = new Map()
    for (const operation of allOperations) if (operation.tag === tag) await askAll(operation, askers)
  })

test("A4.01: what is another team's is answered as what is not there", async () => {
  const nowhere = freshId<TeamId>()
  for (const operation of allOperations.filter(({ path }) => path.includes("{") || path === "/keys" || path === "/rooms")) {
    for (const name of ["member", "team member", "team-manager", "key"] as const) {
      if (operationReach(name, operation) !== "team") continue
      const { code } = await isLetIn(operation, await askerOf(name), teams.other)
      const path = operation.path.replaceAll(/\{\w+\}/g, nowhere)
      const query = operation.query !== undefined && "team_id" in operation.query.shape ? `?team_id=${nowhere}` : ""
      const body = operation.body && { ...bodies[operation.id], ...("team_id" in operation.body.shape ? { team_id: nowhere } : {}) }
      const asker = await askerOf(name)
      const made = await asker.person.ask(`${operation.method} ${path as `/${string}`}${query}`, body, asker.headers)
      expect([operation.id, name, code]).toEqual([operation.id, name, made.code])
    }
  }
})
