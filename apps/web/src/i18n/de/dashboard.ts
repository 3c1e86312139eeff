/** The dashboard. German. */

import type { dashboard as english } from "../en/dashboard.ts"
import type { PartOf } from "../words.ts"
import { apiProblems } from "./api-problems.ts"

export const dashboard: PartOf<typeof english> = {
  ...apiProblems,
  "dashboard.title": "Übersicht",
  "dashboard.navigation": "Teile der Übersicht",
  "dashboard.part.rooms": "Räume",
  "dashboard.part.people": "Personen",
  "dashboard.part.teams": "Gruppen",
  "dashboard.part.keys": "Schlüssel",
  "dashboard.part.webhooks": "Webhooks",
  "dashboard.part.live": "Gerade aktiv",
  "dashboard.part.usage": "Nutzung",
  "dashboard.part.health": "Zustand",
  "dashboard.account": "Ihr Konto",
}
