import { randomBytes } from "node:crypto"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { AccountId, InvitationId, PasskeyId, SessionId, TeamId } from "@conclave/api"
import type { Invitation, NewAccount, OrganisationStore, Passkey, Session } from "../organisation/ports.ts"
import type { Database } from "./database.ts"
import type { OpenDatabase } from "./database.fixture.ts"
import { sqlOrganisationStore } from "./sql-organisation-store.ts"

const newId = <T extends string>(): T => randomBytes(16).toString("base64url") as T
const bytes = (length: number) => new Uint8Array(randomBytes(length))
const all = { limit: 100, offset: 0, order: "asc" as const }

const person = (by: Partial<NewAccount> = {}): NewAccount => {
  const id = newId<AccountId>()
  return { id, email: `${id}@example.org`.toLowerCase(), name: "Ada", role: "member", madeAt: 1, passwordHash: `hash of ${id}`, ...by }
}
const publicPart = ({ passwordHash: _, ...account }: NewAccount) => account

/** What any OrganisationStore promises. */
export function organisationStoreContract(adapter: string, open: OpenDatabase) {
  describe(`OrganisationStore on ${adapter}`, () => {
    let name = ""
    let database: Database
    let store: OrganisationStore
    let owner: NewAccount
    const red = { id: newId<TeamId>(), name: "Red", madeAt: 10 }

    const again = async () => {
      await database.close()
      database = await open(name)
      store = sqlOrganisationStore(database)
    }
    const invite = (by: Partial<Invitation> = {}): Invitation => {
      const base = { id: newId<InvitationId>(), account: undefined, role: "member" as const, team: undefined }
      return { ...base, by: owner.id, madeAt: 5, expiresAt: 9, ...by }
    }
    /** Somebody who came by an invitation. */
    const join = async (by: Partial<NewAccount> = {}, team?: Invitation["team"]): Promise<NewAccount> => {
      const invitation = invite({ team })
      const account = person(by)
      await store.invitations.add(invitation, newId())
      expect(await store.invitations.accept(invitation.id, account)).toBe("done")
      return account
    }
    const sessionOf = async (account: AccountId, by: Partial<Session> = {}) => {
      const session = { id: newId<SessionId>(), account, madeAt: 1, seenAt: 2, provenAt: 3, agent: "Browser", ...by }
      const hash = newId()
      await store.sessions.add(session, hash)
      return { session, hash }
    }
    const passkeyOf = (account: AccountId, by: Partial<Passkey> = {}): Passkey => {
      const keys = { id: newId<PasskeyId>(), account, credential: newId(), publicKey: bytes(77) }
      return { ...keys, counter: 0, name: "Key", madeAt: 4, usedAt: undefined, ...by }
    }

    beforeEach(async () => {
      name = `organisation-${newId()}`.toLowerCase().replaceAll(/[^a-z0-9-]/g, "x")
      database = await open(name)
      store = sqlOrganisationStore(database)
      owner = person({ role: "owner" })
      expect(await store.setUp({ name: "Rosen", madeAt: 1 }, owner)).toBe(true)
      await store.teams.add(red)
    })
    afterEach(() => database.close())

    test("D36.1: there is one setup, and of several at once one", async () => {
      expect(await store.setUp({ name: "Mine", madeAt: 2 }, person({ role: "owner" }))).toBe(false)
      await database.close()
      name += "-race"
      database = await open(name)
      store = sqlOrganisationStore(database)
      expect(await store.organisation()).toBeUndefined()
      const attempts = Array.from({ length: 4 }, () => store.setUp({ name: "Rosen", madeAt: 1 }, person({ role: "owner" })))
      expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1)
      await again()
      expect(await store.organisation()).toEqual({ name: "Rosen", madeAt: 1 })
      expect((await store.accounts.list({ ...all, teams: "all" })).total).toBe(1)
    })

    test("D36.19: an account is found by id and by address, and changes stay", async () => {
      await store.accounts.rename(owner.id, "Ada L.")
      await store.accounts.setPassword(owner.id, "another hash")
      await store.rename("Rosen & Co")
      await again()
      const kept = { ...publicPart(owner), name: "Ada L." }
      expect(await store.organisation()).toMatchObject({ name: "Rosen & Co" })
      expect(await store.accounts.get(owner.id)).toEqual(kept)
      expect(await store.accounts.byEmail(owner.email)).toEqual({ ...kept, passwordHash: "another hash" })
      expect(await store.accounts.passwordHash(owner.id)).toBe("another hash")
      expect([await store.accounts.get(newId()), await store.accounts.byEmail("x"), await store.accounts.passwordHash(newId())]).toEqual([
        undefined,
        undefined,
        undefined,
      ])
    })

    test("D36.17: there is always an owner, even when two leave at once", async () => {
      expect(await store.accounts.setRole(owner.id, "admin")).toBe("last-owner")
      expect(await store.accounts.remove(owner.id)).toBe("last-owner")
      expect(await store.accounts.setRole(owner.id, "owner")).toBe("done")
      const second = await join()
      await store.accounts.setRole(second.id, "owner")
      const outcomes = await Promise.all([store.accounts.setRole(owner.id, "member"), store.accounts.remove(second.id)])
      expect(outcomes.sort()).toEqual(["done", "last-owner"])
    })

    test("D36.8: another role ends the sessions and the invitations that were given with the old one", async () => {
      const admin = await join()
      await store.accounts.setRole(admin.id, "admin")
      const { hash } = await sessionOf(admin.id)
      const other = await sessionOf(owner.id)
      const given = invite({ by: admin.id, role: "admin" })
      await store.invitations.add(given, newId())
      await store.accounts.setRole(admin.id, "auditor")
      expect(await store.sessions.byHash(hash)).toBeUndefined()
      expect(await store.sessions.byHash(other.hash)).toEqual(other.session)
      expect(await store.invitations.get(given.id)).toBeUndefined()
      expect(await store.accounts.roles(admin.id)).toEqual([{ role: "auditor" }])
    })

    test("D36.18: an account goes with all that is its own, and nothing else", async () => {
      const leaving = await join({}, { id: red.id, role: "team-manager" })
      const { hash } = await sessionOf(leaving.id)
      await store.factors.setApp(leaving.id, { sealedSeed: bytes(40), lastStep: 1 }, ["code"])
      const passkey = passkeyOf(leaving.id)
      await store.factors.addPasskey(passkey)
      const given = invite({ by: leaving.id })
      await store.invitations.add(given, newId())
      expect(await store.accounts.remove(leaving.id)).toBe("done")
      expect(await store.sessions.byHash(hash)).toBeUndefined()
      expect(await store.factors.app(leaving.id)).toBeUndefined()
      expect(await store.factors.codesLeft(leaving.id)).toBe(0)
      expect(await store.factors.byCredential(passkey.credential)).toBeUndefined()
      expect(await store.invitations.get(given.id)).toBeUndefined()
      expect(await store.accounts.roles(leaving.id)).toEqual([])
      expect((await store.teams.members(red.id, all)).total).toBe(0)
      expect(await store.accounts.get(owner.id)).toEqual(publicPart(owner))
    })

    test("A4.07, D36.12: of two uses of one step one counts, and none before it counts any more", async () => {
      await store.factors.setApp(owner.id, { sealedSeed: bytes(40), lastStep: 7 }, ["a", "b"])
      expect((await Promise.all([store.factors.takeStep(owner.id, 8), store.factors.takeStep(owner.id, 8)])).filter(Boolean)).toHaveLength(
        1,
      )
      expect(await store.factors.takeStep(owner.id, 7)).toBe(false)
      expect(await store.factors.takeStep(newId(), 9)).toBe(false)
      await again()
      expect(await store.factors.app(owner.id)).toMatchObject({ lastStep: 8 })
    })

    test("A4.07, D36.13: of two uses of one recovery code one counts, and new codes void the old", async () => {
      const other = await join()
      const app = { sealedSeed: bytes(40), lastStep: 0 }
      await store.factors.setApp(owner.id, app, ["a", "b", "c"])
      await store.factors.setApp(other.id, app, ["a"])
      expect(
        (await Promise.all([store.factors.takeCode(owner.id, "a"), store.factors.takeCode(owner.id, "a")])).filter(Boolean),
      ).toHaveLength(1)
      expect(await store.factors.takeCode(owner.id, "z")).toBe(false)
      expect([await store.factors.codesLeft(owner.id), await store.factors.codesLeft(other.id)]).toEqual([2, 1])
      await store.factors.setCodes(owner.id, ["d"])
      expect(await store.factors.takeCode(owner.id, "b")).toBe(false)
      await store.factors.removeApp(owner.id)
      expect(await store.factors.takeCode(owner.id, "d")).toBe(false)
      expect(await store.factors.app(owner.id)).toBeUndefined()
      expect(await store.factors.app(other.id)).toEqual(app)
    })

    test("A4.07, D36.14: a passkey is one account's, and of two uses from one counter one counts", async () => {
      const other = await join()
      const passkey = passkeyOf(owner.id, { counter: 5 })
      expect(await store.factors.addPasskey(passkey)).toBe(true)
      expect(await store.factors.addPasskey(passkeyOf(other.id, { credential: passkey.credential }))).toBe(false)
      const uses = [store.factors.usePasskey(passkey, { counter: 6, at: 50 }), store.factors.usePasskey(passkey, { counter: 6, at: 51 })]
      expect((await Promise.all(uses)).filter(Boolean)).toHaveLength(1)
      await again()
      expect(await store.factors.byCredential(passkey.credential)).toMatchObject({
        ...passkey,
        counter: 6,
        usedAt: expect.any(Number) as number,
      })
      expect(await store.factors.removePasskey(other.id, passkey.id)).toBe(false)
      expect(await store.factors.removePasskey(owner.id, passkey.id)).toBe(true)
      expect(await store.factors.passkeys(owner.id)).toEqual([])
    })

    test("A4.15, D36.8: a token that was replaced is void, and of two that replace it one does", async () => {
      const { session, hash } = await sessionOf(owner.id)
      const outcomes = await Promise.all([store.sessions.rotate(hash, "next", 30), store.sessions.rotate(hash, "other", 30)])
      expect(outcomes.filter(Boolean)).toHaveLength(1)
      expect(await store.sessions.byHash(hash)).toBeUndefined()
      const now = (await store.sessions.byHash("next")) ?? (await store.sessions.byHash("other"))
      expect(now).toEqual({ ...session, provenAt: 30 })
    })

    test("A4.15: sessions end one by one, all but one, and all, each account's own", async () => {
      const other = await join()
      const [one, two, three] = [
        await sessionOf(owner.id),
        await sessionOf(owner.id, { madeAt: 2 }),
        await sessionOf(owner.id, { madeAt: 3 }),
      ]
      const theirs = await sessionOf(other.id)
      expect((await store.sessions.list(owner.id)).map(({ id }) => id)).toEqual([three.session.id, two.session.id, one.session.id])
      expect(await store.sessions.end(other.id, one.session.id)).toBe(false)
      expect(await store.sessions.end(owner.id, one.session.id)).toBe(true)
      expect(await store.sessions.end(owner.id, one.session.id)).toBe(false)
      await store.sessions.endAll(owner.id, two.session.id)
      expect(await store.sessions.list(owner.id)).toEqual([two.session])
      await store.sessions.endAll(owner.id)
      await again()
      expect(await store.sessions.list(owner.id)).toEqual([])
      expect(await store.sessions.byHash(theirs.hash)).toEqual(theirs.session)
    })

    test("D36.7: what is long over is forgotten", async () => {
      const old = await sessionOf(owner.id, { madeAt: 10, seenAt: 90 })
      const idle = await sessionOf(owner.id, { madeAt: 60, seenAt: 61 })
      const used = await sessionOf(owner.id, { madeAt: 60, seenAt: 61 })
      await store.sessions.notice(used.session.id, 95)
      await store.sessions.sweep({ madeAt: 50, seenAt: 80 })
      const left = await Promise.all([old, idle, used].map(({ hash }) => store.sessions.byHash(hash)))
      expect(left).toEqual([undefined, undefined, { ...used.session, seenAt: 95 }])
    })

    test("D36.2: an invitation makes one account, in the team it names, and is used up", async () => {
      const invitation = invite({ role: "auditor", team: { id: red.id, role: "team-manager" } })
      await store.invitations.add(invitation, "token hash")
      await again()
      expect(await store.invitations.byHash("token hash")).toEqual(invitation)
      const [ben, eve] = [person({ role: "auditor" }), person()]
      const outcomes = await Promise.all([store.invitations.accept(invitation.id, ben), store.invitations.accept(invitation.id, eve)])
      expect(outcomes.sort()).toEqual(["done", "gone"])
      expect((await store.accounts.list({ ...all, teams: "all" })).total).toBe(2)
      expect((await store.accounts.list({ ...all, teams: [red.id] })).total).toBe(1)
      expect(await store.invitations.byHash("token hash")).toBeUndefined()
    })

    test("D36.2: an address that is taken does not use the invitation up", async () => {
      const invitation = invite()
      await store.invitations.add(invitation, newId())
      expect(await store.invitations.accept(invitation.id, person({ email: owner.email }))).toBe("taken")
      expect(await store.invitations.accept(invitation.id, person())).toBe("done")
    })

    test("A4.07, D36.15: a recovery takes sessions, app, codes and passkeys along, of that account only", async () => {
      const [lost, other] = [await join(), await join()]
      for (const { id } of [lost, other]) {
        await store.factors.setApp(id, { sealedSeed: bytes(40), lastStep: 1 }, ["x", "y"])
        await store.factors.addPasskey(passkeyOf(id))
        await sessionOf(id)
      }
      const first = invite({ account: lost.id })
      const second = invite({ account: lost.id })
      await store.invitations.add(first, newId())
      await store.invitations.add(second, newId())
      expect(await store.invitations.recover(first.id, "new hash")).toBe("gone")
      expect(await store.invitations.recover(second.id, "new hash")).toBe("done")
      expect(await store.invitations.recover(second.id, "newer hash")).toBe("gone")
      await again()
      const left = async (id: AccountId) => [
        await store.accounts.passwordHash(id),
        (await store.factors.app(id)) !== undefined,
        await store.factors.codesLeft(id),
        (await store.factors.passkeys(id)).length,
        (await store.sessions.list(id)).length,
      ]
      expect(await left(lost.id)).toEqual(["new hash", false, 0, 0, 0])
      expect(await left(other.id)).toEqual([other.passwordHash, true, 2, 1, 1])
    })

    test("D36.2: invitations are listed by team, withdrawn, and those of one team only where one asks for it", async () => {
      const [one, two] = [invite({ madeAt: 20 }), invite({ team: { id: red.id, role: "member" }, madeAt: 21 })]
      for (const each of [one, two]) await store.invitations.add(each, newId())
      expect(await store.invitations.list({ ...all, teams: "all" })).toEqual({ found: [one, two], total: 2 })
      expect(await store.invitations.list({ ...all, teams: [red.id] })).toEqual({ found: [two], total: 1 })
      expect(await store.invitations.list({ ...all, teams: [] })).toEqual({ found: [], total: 0 })
      await store.invitations.remove(one.id)
      expect(await store.invitations.get(one.id)).toBeUndefined()
    })

    test("D36.16: roles are held in teams, changed and lost, and each change ends the sessions", async () => {
      const ben = await join({}, { id: red.id, role: "member" })
      expect(await store.accounts.roles(ben.id)).toEqual([{ role: "member" }, { role: "member", team: red.id }])
      const { hash } = await sessionOf(ben.id)
      const given = invite({ by: ben.id, team: { id: red.id, role: "member" } })
      await store.invitations.add(given, newId())
      await store.teams.setRole(red.id, ben.id, "team-manager")
      expect(await store.sessions.byHash(hash)).toBeUndefined()
      expect(await store.invitations.get(given.id)).toBeUndefined()
      expect(await store.teams.roleIn(red.id, ben.id)).toBe("team-manager")
      expect(await store.teams.members(red.id, all)).toEqual({ found: [{ account: publicPart(ben), role: "team-manager" }], total: 1 })
      await store.teams.setRole(red.id, ben.id, undefined)
      expect(await store.teams.roleIn(red.id, ben.id)).toBeUndefined()
    })

    test("D36.16: a team goes when nothing is its own, with its memberships and invitations", async () => {
      const ben = await join({}, { id: red.id, role: "member" })
      const { hash } = await sessionOf(ben.id)
      const open = invite({ team: { id: red.id, role: "member" } })
      await store.invitations.add(open, newId())
      const key = { id: newId(), team: red.id, name: "k", hash: newId(), old_hash: null, old_until: null, scopes: "[]", created_at: 1 }
      await database.db
        .insertInto("developer_keys")
        .values({ ...key, created_by: null, expires_at: 2, last_used_at: null })
        .execute()
      expect(await store.teams.remove(red.id)).toBe("in-use")
      await database.db.deleteFrom("developer_keys").execute()
      expect(await store.teams.remove(red.id)).toBe("done")
      expect(await store.teams.get(red.id)).toBeUndefined()
      expect(await store.invitations.get(open.id)).toBeUndefined()
      expect(await store.sessions.byHash(hash)).toBeUndefined()
      expect(await store.accounts.roles(ben.id)).toEqual([{ role: "member" }])
    })

    test("D36.19: people are listed in pages, both ways, and the same moment loses nobody", async () => {
      const made = []
      for (let n = 0; n < 7; n++) made.push(await join({ madeAt: 100 + (n >> 1), name: `Person ${String(n)}` }))
      const names = new Set([owner, ...made].map(({ id }) => id))
      for (const order of ["asc", "desc"] as const) {
        const seen: AccountId[] = []
        for (let after: AccountId | undefined; ; after = seen.at(-1)) {
          const { found, total } = await store.accounts.list({ limit: 3, offset: 0, order, after, teams: "all" })
          expect(total).toBe(8)
          if (found.length === 0) break
          seen.push(...found.map(({ id }) => id))
        }
        expect(new Set(seen)).toEqual(names)
        expect(seen).toHaveLength(8)
        expect(seen[order === "asc" ? 0 : 7]).toBe(owner.id)
      }
      expect((await store.accounts.list({ ...all, offset: 6, teams: "all" })).found).toHaveLength(2)
      expect((await store.accounts.list({ ...all, after: newId(), teams: "all" })).found).toEqual([])
    })

    test("D36.16: teams are found by name, renamed, and listed as far as one may see", async () => {
      const blue = { id: newId<TeamId>(), name: "Blue", madeAt: 11 }
      await store.teams.add(blue)
      await store.teams.rename(red.id, "Crimson")
      const crimson = { ...red, name: "Crimson" }
      expect(await store.teams.byName("Red")).toEqual([])
      expect(await store.teams.byName("Crimson")).toEqual([crimson])
      expect(await store.teams.list({ ...all, teams: "all" })).toEqual({ found: [crimson, blue], total: 2 })
      expect(await store.teams.list({ ...all, teams: [blue.id] })).toEqual({ found: [blue], total: 1 })
    })
  })
}
