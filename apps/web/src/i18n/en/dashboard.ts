import { apiProblems } from "./api-problems.ts"

/** The dashboard. English. */
export const dashboard = {
  ...apiProblems,
  "dashboard.title": "Dashboard",
  "dashboard.navigation": "Parts of the dashboard",
  "dashboard.part.rooms": "Rooms",
  "dashboard.part.people": "People",
  "dashboard.part.teams": "Teams",
  "dashboard.part.keys": "Keys",
  "dashboard.part.webhooks": "Webhooks",
  "dashboard.part.live": "Live calls",
  "dashboard.part.usage": "Usage",
  "dashboard.part.health": "Health",
  "dashboard.account": "Your account",
} as const
