/** Log entries as table rows and back. */

import type { Insertable, Selectable } from "kysely"
import type { Entry, MemberId } from "@conclave/wire"
import type { Tables } from "./tables.ts"

type TableEntry = Tables["entries"]

export function tableEntryOf(call: string, entry: Entry): Insertable<TableEntry> {
  const { type, seq, epoch } = entry
  const none = { attempt: null, sender: null, adds: null, removes: null, of_seq: null, body: null }
  switch (entry.type) {
    case "commit": {
      const lists = { adds: JSON.stringify(entry.adds), removes: JSON.stringify(entry.removes) }
      return { ...none, call, type, seq, epoch, attempt: entry.attempt, sender: entry.from, ...lists, body: entry.commit }
    }
    case "message":
      return { ...none, call, type, seq, epoch, sender: entry.from, body: entry.message }
    case "void":
      return { ...none, call, type, seq, epoch, of_seq: entry.of }
  }
}

/** The table holds only what `tableEntryOf` made, so this trusts it. */
export function entryOf(row: Selectable<TableEntry>): Entry {
  const base = { seq: Number(row.seq) as Entry["seq"], epoch: Number(row.epoch) as Entry["epoch"] }
  const body = new Uint8Array(row.body ?? [])
  if (row.type === "void") return { type: "void", ...base, of: Number(row.of_seq) as Entry["seq"] }
  const from = row.sender as MemberId
  if (row.type === "message") return { type: "message", ...base, from, message: body }
  const lists = { adds: namesIn(row.adds), removes: namesIn(row.removes) }
  return { type: "commit", ...base, attempt: Number(row.attempt), from, ...lists, commit: body }
}

export const namesIn = (text: string | null): MemberId[] => JSON.parse(text ?? "[]") as MemberId[]
