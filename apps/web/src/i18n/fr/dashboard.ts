/** The dashboard. French. */

import type { dashboard as english } from "../en/dashboard.ts"
import type { PartOf } from "../words.ts"
import { apiProblems } from "./api-problems.ts"

export const dashboard: PartOf<typeof english> = {
  ...apiProblems,
  "dashboard.title": "Tableau de bord",
  "dashboard.navigation": "Parties du tableau de bord",
  "dashboard.part.rooms": "Salles",
  "dashboard.part.people": "Personnes",
  "dashboard.part.teams": "Équipes",
  "dashboard.part.keys": "Clés",
  "dashboard.part.webhooks": "Webhooks",
  "dashboard.part.live": "En cours",
  "dashboard.part.usage": "Usage",
  "dashboard.part.health": "État",
  "dashboard.account": "Votre compte",
}
