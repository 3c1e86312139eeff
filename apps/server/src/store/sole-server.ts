/**
 * D38.7: one server per database. A session of its own holds an advisory lock for as long as the server lives. When the session is lost,
 * nothing is asked of the database until the lock is held again and nobody else has held it meanwhile.
 */

import type { Client } from "pg"
import { DatabaseTaken } from "./database-taken.ts"

/** Any number that nobody else has for something else. */
const lock = "7263544896209517"
/** Milliseconds. A killed server's session can outlive it by a moment. */
const patience = 3_000
const heartbeat = 5_000
const pause = 1_000

export interface SoleServerParts {
  /** A session for the lock, connected; it throws when a query takes longer than the heartbeat. */
  readonly connect: () => Promise<Client>
  /** Names this run of the server. */
  readonly run: string
  /** The session is lost, or all is well again. */
  readonly onAway: (isAway: boolean) => void
  /** Another server has the database: this one must end. */
  readonly onTaken: () => void
}

export class SoleServer {
  private client: Client | undefined
  private beat: NodeJS.Timeout | undefined
  private hasEnded = false
  private readonly parts: SoleServerParts

  private constructor(parts: SoleServerParts) {
    this.parts = parts
  }

  /** Throws DatabaseTaken, and what connecting throws. */
  static async become(parts: SoleServerParts): Promise<SoleServer> {
    const client = await parts.connect()
    try {
      if (!(await takeLock(client))) throw new DatabaseTaken("another server holds the lock")
      await client.query("create table if not exists serving (run text not null)")
      await client.query("with gone as (delete from serving) insert into serving values ($1)", [parts.run])
    } catch (error) {
      await client.end()
      throw error
    }
    const sole = new SoleServer(parts)
    sole.hold(client)
    return sole
  }

  isAlone(): boolean {
    return this.client !== undefined
  }

  async release(): Promise<void> {
    this.hasEnded = true
    clearInterval(this.beat)
    const client = this.client
    this.client = undefined
    await client?.end()
  }

  private hold(client: Client): void {
    const lose = () => {
      if (this.client === client) this.lose()
    }
    this.client = client
    client.once("error", lose).once("end", lose)
    this.beat = setInterval(() => void client.query("select 1").catch(lose), heartbeat)
  }

  private lose(): void {
    clearInterval(this.beat)
    this.client?.end().catch(() => undefined)
    this.client = undefined
    this.parts.onAway(true)
    void this.comeBack()
  }

  private async comeBack(): Promise<void> {
    const outcome = await tryAgain(this.parts)
    if (this.hasEnded) return void (typeof outcome === "string" || outcome.end())
    if (outcome === "taken") return this.parts.onTaken()
    if (outcome === "away") return void setTimeout(() => void this.comeBack(), pause)
    this.hold(outcome)
    this.parts.onAway(false)
  }
}

/** The session with the lock, or why there is none. */
async function tryAgain({ connect, run }: SoleServerParts): Promise<Client | "away" | "taken"> {
  let client: Client | undefined
  try {
    client = await connect()
    const hasLock = await takeLock(client)
    const { rows } = await client.query<{ run: string }>("select run from serving")
    // Without the lock and with our name it is our own lost session that the database has not given up yet.
    if (rows[0]?.run === run && hasLock) return client
    await client.end()
    return rows[0]?.run === run ? "away" : "taken"
  } catch {
    client?.end().catch(() => undefined)
    return "away"
  }
}

async function takeLock(client: Client): Promise<boolean> {
  try {
    await client.query(`set lock_timeout = ${patience}`)
    await client.query(`select pg_advisory_lock(${lock})`)
    return true
  } catch (error) {
    // lock_not_available
    if (error instanceof Error && "code" in error && error.code === "55P03") return false
    throw error
  }
}
