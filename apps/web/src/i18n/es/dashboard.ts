/** The dashboard. Spanish. */

import type { dashboard as english } from "../en/dashboard.ts"
import type { PartOf } from "../words.ts"
import { apiProblems } from "./api-problems.ts"

export const dashboard: PartOf<typeof english> = {
  ...apiProblems,
  "dashboard.title": "Panel",
  "dashboard.navigation": "Partes del panel",
  "dashboard.part.rooms": "Salas",
  "dashboard.part.people": "Personas",
  "dashboard.part.teams": "Equipos",
  "dashboard.part.keys": "Claves",
  "dashboard.part.webhooks": "Webhooks",
  "dashboard.part.live": "Ahora mismo",
  "dashboard.part.usage": "Uso",
  "dashboard.part.health": "Estado",
  "dashboard.account": "Su cuenta",
}
