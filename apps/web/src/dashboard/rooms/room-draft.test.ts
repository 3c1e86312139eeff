import { expect, test } from "vitest"
import { roomFixtures } from "../dashboard.fixtures.ts"
import { bodyOf, changeOf, draftOf, emptyDraft, troublesIn, withRoles } from "./room-draft.ts"

test("D41.35: a room is sealed unless its maker says otherwise, and what was left empty is not made up", () => {
  const body = bodyOf({ ...emptyDraft, topic: " Supplier talks " }, { team: undefined, isSealed: true })
  expect(body).toMatchObject({ topic: "Supplier talks", privacy: "private", e2ee_enabled: true, max_participants: null, expires_at: null })
  expect(body).not.toHaveProperty("friendly_url")
  expect(body).not.toHaveProperty("team_id")
  expect(bodyOf({ ...emptyDraft, friendly: "talks" }, { team: "t", isSealed: false })).toMatchObject({
    friendly_url: "talks",
    team_id: "t",
    e2ee_enabled: false,
  })
})

test("D41.35: saving tells the server what is another than before, and nothing else", () => {
  const room = { ...roomFixtures.sealed, expires_at: "2027-01-31T10:30:00.000Z", tags: ["a", "b"], max_participants: 12 }
  const draft = draftOf(room)
  expect(changeOf(draft, room)).toEqual({})
  expect(changeOf({ ...draft, topic: "Other", tags: "a, b, c ,a,", most: "" }, room)).toEqual({
    topic: "Other",
    tags: ["a", "b", "c"],
    max_participants: null,
  })
  expect(changeOf({ ...draft, friendly: "" }, room)).toEqual({})
  expect(changeOf(draft, room)).not.toHaveProperty("e2ee_enabled")
})

test("D41.35: what cannot be is said beside its field before anything is sent", () => {
  expect(troublesIn(emptyDraft)).toEqual([])
  for (const friendly of ["ab", "-abc", "abc-", "Abc", "a b c", "live", "a".repeat(33)])
    expect(troublesIn({ ...emptyDraft, friendly }), friendly).toEqual(["friendly"])
  for (const most of ["1", "1001", "2.5", "many"]) expect(troublesIn({ ...emptyDraft, most }), most).toEqual(["most"])
  expect(troublesIn({ ...emptyDraft, roles: [], tags: "x".repeat(65) })).toEqual(["roles", "tags"])
})

test("D41.35: the role of newcomers is one of those that there are", () => {
  expect(withRoles(emptyDraft, ["attendee", "moderator"])).toMatchObject({ roles: ["moderator", "attendee"], defaultRole: "moderator" })
  expect(withRoles(emptyDraft, ["speaker"])).toMatchObject({ defaultRole: "speaker" })
})
