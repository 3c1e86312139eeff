import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import { sql, type Kysely } from "kysely"
import { Migrator, type Migration } from "kysely/migration"
import { StartRefusal } from "../../config.ts"
import { migrate } from "../database.ts"
import type { DatabaseAdapter } from "../database.fixture.ts"
import type { Tables } from "../tables.ts"
import { migrations } from "./all.ts"

/** Also a list, for columns that hold one. Every text of a row is the same, so that all references lead somewhere. */
const texts = ['["one"]', '["two"]']

const migrator = (db: Kysely<Tables>, by: Record<string, Migration>) =>
  new Migrator({ db, provider: { getMigrations: () => Promise.resolve(by) } })

type Kept = Record<string, Record<string, unknown>[]>

async function tablesOf(db: Kysely<Tables>) {
  const tables = await db.introspection.getTables()
  return tables.filter(({ name, isView }) => !isView && name !== "serving")
}

/** Two rows into every table, by whatever version made it. */
async function fill(db: Kysely<Tables>): Promise<void> {
  const waiting = await tablesOf(db)
  // A table that refers to another can only be filled after it; which that is shows in the trying.
  for (let tries = waiting.length ** 2; waiting.length > 0; tries--) {
    const [table] = waiting.splice(0, 1)
    if (table === undefined || tries === 0) throw new Error("bug: there is no order to fill the tables in")
    const names = table.columns.map(({ name }) => sql.ref(name))
    const rows = texts.map((text, i) => sql`(${sql.join(table.columns.map(({ dataType }) => valueOf(dataType, text, i + 1)))})`)
    await sql`insert into ${sql.table(table.name)} (${sql.join(names)}) values ${sql.join(rows)}`.execute(db).catch((error: unknown) => {
      if (!/foreign key/i.test(String(error))) throw error
      waiting.push(table)
    })
  }
}

function valueOf(type: string, text: string, n: number): unknown {
  switch (type.toLowerCase()) {
    case "text":
      return text
    case "integer":
    case "int4":
    case "bigint":
    case "int8":
      return n
    case "blob":
    case "bytea":
      return new Uint8Array([n, 0, 255])
    default:
      throw new Error(`bug: no value for a column of type ${type}`)
  }
}

async function everything(db: Kysely<Tables>): Promise<Kept> {
  const kept: Kept = {}
  for (const { name } of await tablesOf(db)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
    kept[name] = rows
  }
  return kept
}

/** What any database promises of its tables' versions. */
export function migrationsContract({ name: adapter, bytes, open, bare }: DatabaseAdapter) {
  const all = migrations(bytes)
  const names = Object.keys(all).sort()

  describe(`Migrations on ${adapter}`, () => {
    test.each(names.slice(0, -1))(
      "D38.8: a database as %s left it, with rows in all its tables, comes forward with nothing lost",
      async (version) => {
        const name = randomUUID()
        const old = await bare(name)
        expect((await migrator(old, all).migrateTo(version)).error).toBeUndefined()
        await fill(old)
        const before = await everything(old)
        expect(Object.values(before).every(({ length }) => length === 2)).toBe(true)
        await old.destroy()
        const database = await open(name)
        const after = await everything(database.db)
        for (const [table, rows] of Object.entries(before)) expect(after[table]).toMatchObject(rows)
        expect((await migrator(database.db, all).getMigrations()).map(({ executedAt }) => executedAt === undefined)).toEqual(
          names.map(() => false),
        )
        await database.close()
      },
    )

    test("D38.8: every migration works on tables that are empty, and a second start changes nothing", async () => {
      const name = randomUUID()
      const first = await open(name)
      const tables = await tablesOf(first.db)
      await first.close()
      const second = await open(name)
      expect(await tablesOf(second.db)).toEqual(tables)
      await second.close()
    })

    test("D38.8: a migration that breaks off leaves nothing, and the next start does it whole", async () => {
      const name = randomUUID()
      const db = await bare(name)
      const makesOne = (thenFails: boolean): Migration => ({
        async up(on: Kysely<unknown>) {
          await on.schema.createTable("halfway").addColumn("id", "text").execute()
          if (thenFails) throw new Error("the power is gone")
        },
      })
      await migrate(db, bytes)
      const before = await everything(db)
      const broken = await migrator(db, { ...all, "9999-halfway": makesOne(true) }).migrateToLatest()
      expect(broken.error).toBeInstanceOf(Error)
      expect(await everything(db)).toEqual(before)
      expect((await migrator(db, { ...all, "9999-halfway": makesOne(false) }).migrateToLatest()).error).toBeUndefined()
      expect(Object.keys(await everything(db))).toContain("halfway")
      await db.destroy()
    })

    test("D38.9: a database that a newer version has changed is refused in one sentence, and stays as it is", async () => {
      const name = randomUUID()
      const db = await bare(name)
      const next: Migration = { up: (on: Kysely<unknown>) => on.schema.createTable("later").addColumn("id", "text").execute() }
      expect((await migrator(db, { ...all, "9999-later": next }).migrateToLatest()).error).toBeUndefined()
      const before = await everything(db)
      await db.destroy()
      const refusal = await open(name).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(StartRefusal)
      expect(String(refusal)).toContain("newer Conclave")
      const again = await bare(name)
      expect(await everything(again)).toEqual(before)
      await again.destroy()
    })
  })
}
