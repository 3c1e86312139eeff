/** Defences of what the databases keep. */
import type { Defence } from "./defence.ts"

const store = (name: string): string => `apps/server/src/store/${name}.ts`
const postgresTest = store("postgres.test")

export const databaseDefences: readonly Defence[] = [
  {
    name: "database: rows that are confirmed before they are safe",
    rule: "D38.4",
    file: store("postgres-session"),
    text: '  synchronous_commit: "on",\n',
    replacement: "",
    test: { file: postgresTest, name: "every session makes sure of what is acknowledged" },
  },
  {
    name: "database: transactions that do not see each other",
    rule: "D38.5",
    file: store("postgres"),
    text: '.setIsolationLevel("serializable")',
    replacement: "",
    test: { file: postgresTest, name: "come out as if one had followed the other" },
  },
  {
    name: "database: two servers on one",
    rule: "D38.7",
    file: store("sole-server"),
    text: 'if (!(await takeLock(client))) throw new DatabaseTaken("another server holds the lock")',
    replacement: "await takeLock(client)",
    test: { file: postgresTest, name: "a second server on the same database is refused" },
  },
  {
    name: "database: asked without the lock",
    rule: "D38.7",
    file: store("postgres"),
    text: '    if (!isAlone()) throw new Error("the database does not answer")\n',
    replacement: "",
    test: { file: postgresTest, name: "writes nothing more" },
  },
  {
    name: "database: half a migration",
    rule: "D38.8",
    file: store("sqlite"),
    text: "get supportsTransactionalDdl(): boolean {\n    return true",
    replacement: "get supportsTransactionalDdl(): boolean {\n    return false",
    test: { file: store("sqlite.test"), name: "a migration that breaks off leaves nothing" },
  },
  {
    name: "database: another machine that need not prove its name",
    rule: "D38.3",
    file: store("postgres-address"),
    text: '(isOnThisMachine(host) ? "disable" : "verify-full")',
    replacement: '"disable"',
    test: { file: store("postgres-address.test"), name: "by TLS that proves its name" },
  },
]
