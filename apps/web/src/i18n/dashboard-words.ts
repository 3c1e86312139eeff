/** Words of the dashboard. */

import { dashboard as english } from "./en/dashboard.ts"
import { laterWords } from "./later-words.ts"

export const dashboardWords = laterWords(english, {
  de: async () => (await import("./de/dashboard.ts")).dashboard,
  fr: async () => (await import("./fr/dashboard.ts")).dashboard,
  es: async () => (await import("./es/dashboard.ts")).dashboard,
  ar: async () => (await import("./ar/dashboard.ts")).dashboard,
})
