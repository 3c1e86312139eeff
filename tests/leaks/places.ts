/** Where a secret could lie after a call, as bytes to search. */

import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import type { House } from "../../apps/server/src/house.fixture.ts"
import type { Answer } from "../../apps/server/src/organisation/people.fixture.ts"
import { allProcesses } from "../browser/processes.ts"
import type { Server } from "../browser/server.ts"
import type { Overheard, Tapped, Wiretap } from "../browser/wiretap.ts"
import type { Place } from "./canaries.ts"

export const logOf = (server: Server): Place => ({ where: "log", content: Buffer.from(server.log()) })

/** Log and data of a server in this process; the data last. */
export async function keptBy(house: House): Promise<Place[]> {
  return [
    { where: "log", content: Buffer.from(house.log.join("\n")) },
    { where: "data folder", content: Buffer.from(await house.everythingKept(), "latin1") },
  ]
}

export const answersIn = (answers: readonly Answer[]): Place[] =>
  answers.map(({ body }, n) => ({ where: `answer ${String(n)}`, content: Buffer.from(JSON.stringify(body)) }))

/** Every file of the data folder, the write-ahead log included. */
export function databaseOf(server: Server): Place[] {
  return filesUnder(server.data).map((path) => ({ where: `database ${path.slice(server.data.length)}`, content: readFileSync(path) }))
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesUnder(path) : statSync(path).isFile() ? [path] : []))
}

/** The arguments of every process but the browsers' own launchers, which get nothing from the call. */
export const argvs = (): Place[] => allProcesses().map(({ pid, argv }) => ({ where: `argv ${pid}`, content: Buffer.from(argv.join("\0")) }))

const isSocket = ({ what }: Tapped): boolean => what.startsWith("socket ")

export const httpOf = ({ traffic }: Wiretap): Place[] =>
  traffic.filter((one) => !isSocket(one)).map(({ what, content }) => ({ where: `http ${what}`, content }))

export const socketsOf = ({ traffic }: Wiretap): Place[] =>
  traffic.filter(isSocket).map(({ what, to, content }) => ({ where: `${what} to ${to}`, content }))

const isMessage = ({ what }: Overheard): boolean => !what.endsWith("makes a key")

export const messagesOf = ({ overheard }: Wiretap): Place[] =>
  overheard.filter(isMessage).map(({ what, content }) => ({ where: `worker message: ${what}`, content }))

/** Bytes from which a page or worker has made a secret key. */
export const keysMade = ({ overheard }: Wiretap): Overheard[] => overheard.filter((one) => !isMessage(one))

/** Everything. */
export function allPlaces(server: Server, wiretap: Wiretap): Place[] {
  return [logOf(server), ...databaseOf(server), ...argvs(), ...httpOf(wiretap), ...socketsOf(wiretap), ...messagesOf(wiretap)]
}
