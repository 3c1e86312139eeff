/** Fields that account, login and people have in common. */

import { accountId, moment, teamId } from "./ids.ts"
import { z } from "./schema.ts"
import { unreadable, words } from "./words.ts"

/** What somebody is to the whole organisation; everybody is exactly one of these. */
export const organisationRole = z.enum(["owner", "admin", "auditor", "member"]).meta({
  id: "OrganisationRole",
  description:
    "owner and admin: everything, but an admin changes no owner. auditor: reads everything that there is to read, changes nothing. member: what their teams let them.",
})

export const teamRole = z.enum(["team-manager", "member"]).meta({
  id: "TeamRole",
  description: "team-manager: people, rooms and keys of the team. member: its rooms.",
})

export const personName = words(100)

/** Only a name to log in with; no mail is ever sent. Case makes no difference. */
export const email = z
  .string()
  .min(3)
  .max(254)
  .regex(new RegExp(`^[^\\s@${unreadable}]+@[^\\s@${unreadable}]+$`))
  .meta({ description: "The address to log in with. No mail is sent to it. Upper and lower case are the same." })

/** As typed; what a new one must be is judged beyond the schema (D36.3). */
export const password = z.string().min(1).max(400)

/** Something begun and to be finished with: a challenge, a login that lacks its second factor. */
export const ticket = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .meta({ description: "Good once, for five minutes." })

/** The secret of a link, from behind its `#`. */
export const linkToken = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .meta({ description: "What stands behind the # of the link." })

export const code = z.string().min(6).max(40).meta({ description: "Six digits of the authenticator app, or a recovery code." })

export const membership = z.strictObject({ team_id: teamId, role: teamRole })

const shared = { id: accountId, email, name: personName, role: organisationRole, teams: z.array(membership), created_at: moment }

export const person = z.strictObject(shared).meta({ id: "Person" })

export const account = z
  .strictObject({
    ...shared,
    has_authenticator_app: z.boolean(),
    recovery_codes_left: z.int().min(0),
    passkeys: z.int().min(0),
  })
  .meta({ id: "Account" })
