/** People at their browsers: each keeps the cookie it is given, as a browser does. */

import { TOTP } from "otpauth"
import { basePath } from "@conclave/api"
import type { House } from "../house.fixture.ts"

export interface Answer {
  readonly status: number
  readonly code: string | undefined
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Headers
}

export const goodPassword = "horses eat grass slowly"

/** A server that people can go to. */
type Place = Pick<House, "origin" | "setupToken">

export class Person {
  cookie: string | undefined
  readonly email: string
  readonly name: string
  private readonly house: Pick<House, "origin">

  constructor(house: Pick<House, "origin">, name: string) {
    this.house = house
    this.name = name
    this.email = `${name.toLowerCase()}@example.org`
  }

  /** One request below `/api/v1`. */
  async ask(request: `${string} /${string}`, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const [method = "", path = ""] = request.split(" ")
    const response = await fetch(this.house.origin + basePath + path, {
      method,
      headers: {
        origin: this.house.origin,
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const set = response.headers.getSetCookie()[0]?.split(";")[0]
    if (set !== undefined) this.cookie = set.endsWith("=") ? undefined : set
    const text = await response.text()
    const read = (text === "" ? {} : JSON.parse(text)) as Answer["body"]
    return { status: response.status, code: response.ok ? undefined : String(read["code"]), body: read, headers: response.headers }
  }

  logIn(password = goodPassword): Promise<Answer> {
    return this.ask("POST /login", { email: this.email, password })
  }

  /** The id of the account. */
  async id(): Promise<string> {
    return String((await this.ask("GET /account")).body["id"])
  }

  async prove(): Promise<void> {
    const { status } = await this.ask("POST /sessions/prove", { password: goodPassword })
    if (status !== 204) throw new Error(`bug: proving gave ${String(status)}`)
  }

  /** Adds an authenticator app; gives it with its recovery codes. */
  async addApp(now: () => number): Promise<{ readonly app: (at?: number) => string; readonly codes: readonly string[] }> {
    const begun = await this.ask("POST /account/authenticator-app")
    const app = (at = now()) => new TOTP({ secret: String(begun.body["secret"]) }).generate({ timestamp: at })
    const confirmed = await this.ask("PUT /account/authenticator-app", { ticket: begun.body["ticket"], code: app() })
    if (confirmed.status !== 200) throw new Error(`bug: adding an app gave ${String(confirmed.status)}`)
    return { app, codes: confirmed.body["recovery_codes"] as string[] }
  }
}

/** The server's first owner, logged in. */
export async function setUpOwner(house: Place): Promise<Person> {
  const owner = new Person(house, "Olga")
  const { email, name } = owner
  const answer = await owner.ask("POST /setup", { token: house.setupToken, organisation: "Rosen", email, name, password: goodPassword })
  if (answer.status !== 201) throw new Error(`bug: setting up gave ${String(answer.status)}`)
  return owner
}

interface Joining {
  readonly name: string
  readonly role?: string
  readonly team?: string | undefined
  readonly teamRole?: string
}

/** Somebody new, invited by another and logged in. */
export async function joinedBy(
  house: Pick<House, "origin">,
  host: Person,
  { name, role = "member", team, teamRole = "member" }: Joining,
): Promise<Person> {
  const inTeam = team === undefined ? {} : { team_id: team, team_role: teamRole }
  const invited = await host.ask("POST /invitations", { role, ...inTeam })
  const person = new Person(house, name)
  const self = { email: person.email, name, password: goodPassword }
  const answer = await person.ask("POST /invitations/accept", { token: invited.body["token"], ...self })
  if (answer.status !== 201) throw new Error(`bug: joining gave ${String(answer.status)} after ${String(invited.code)}`)
  return person
}

export async function newTeamBy(owner: Person, name: string): Promise<string> {
  return String((await owner.ask("POST /teams", { name })).body["id"])
}
