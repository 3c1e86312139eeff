/** The call that was on when the server stopped, as the delivery room wants it back. */

import type { Kysely, Selectable } from "kysely"
import type { CallId, Epoch, MemberId, Seq } from "@conclave/wire"
import type { SavedCall, SavedMember, SavedTrial } from "@conclave/delivery"
import { namesIn } from "./entries.ts"
import type { Tables } from "./tables.ts"

export async function loadCall(db: Kysely<Tables>, room: string): Promise<SavedCall | undefined> {
  const row = await db.selectFrom("calls").selectAll().where("room", "=", room).where("ended", "=", 0).executeTakeFirst()
  if (row === undefined) return undefined
  const call = row.id
  const members = await db.selectFrom("members").selectAll().where("call", "=", call).orderBy("place").execute()
  const top = await db
    .selectFrom("entries")
    .where("call", "=", call)
    .select(({ fn }) => fn.max("seq").as("seq"))
    .executeTakeFirst()
  const voids = await db.selectFrom("entries").where("call", "=", call).where("type", "=", "void").select("of_seq").execute()
  const last = await newestDecision(db, call)
  return {
    id: call as CallId,
    ...(await standingAfter(db, call, last)),
    head: Number(top?.seq ?? 0) as Seq,
    members: members.filter((member) => member.out_at === null).map(savedMemberOf),
    former: members.filter((member) => member.out_at !== null).map(({ member }) => member as MemberId),
    voided: voids.map(({ of_seq }) => Number(of_seq) as Seq),
    open: last?.type === "commit" && Number(row.settled) < Number(last.seq) ? openTrialOf(last, members) : undefined,
  }
}

type Decision = Omit<Selectable<Tables["entries"]>, "body">

/** The newest entry that moved the epoch. */
const newestDecision = (db: Kysely<Tables>, call: string): Promise<Decision | undefined> =>
  db
    .selectFrom("entries")
    .select(["call", "seq", "type", "epoch", "attempt", "sender", "adds", "removes", "of_seq"])
    .where("call", "=", call)
    .where("type", "in", ["commit", "void"])
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst()

async function standingAfter(db: Kysely<Tables>, call: string, last: Decision | undefined): Promise<{ epoch: Epoch; attempt: number }> {
  if (last === undefined) return { epoch: 0 as Epoch, attempt: 0 }
  if (last.type === "commit") return { epoch: (Number(last.epoch) + 1) as Epoch, attempt: 0 }
  const of = await db
    .selectFrom("entries")
    .where("call", "=", call)
    .where("seq", "=", Number(last.of_seq))
    .select("attempt")
    .executeTakeFirst()
  return { epoch: Number(last.epoch) as Epoch, attempt: (of?.attempt ?? 0) + 1 }
}

const savedMemberOf = (row: Selectable<Tables["members"]>): SavedMember => ({
  member: row.member as MemberId,
  sessionHash: row.session_hash,
  joined: Number(row.joined) as Seq,
})

const openTrialOf = (last: Decision, members: readonly Selectable<Tables["members"]>[]): SavedTrial => ({
  seq: Number(last.seq) as Seq,
  epoch: Number(last.epoch) as Epoch,
  attempt: Number(last.attempt),
  from: last.sender as MemberId,
  added: namesIn(last.adds),
  removed: members.filter((member) => Number(member.out_at) === Number(last.seq)).map(savedMemberOf),
})
