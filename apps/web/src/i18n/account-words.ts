/** Words of setting up, logging in, invitations and one's own account. */

import { account as english } from "./en/account.ts"
import { laterWords } from "./later-words.ts"

export const accountWords = laterWords(english, {
  de: async () => (await import("./de/account.ts")).account,
  fr: async () => (await import("./fr/account.ts")).account,
  es: async () => (await import("./es/account.ts")).account,
  ar: async () => (await import("./ar/account.ts")).account,
})
