/** The dashboard. Arabic. */

import type { dashboard as english } from "../en/dashboard.ts"
import type { PartOf } from "../words.ts"
import { apiProblems } from "./api-problems.ts"

export const dashboard: PartOf<typeof english> = {
  ...apiProblems,
  "dashboard.title": "لوحة التحكم",
  "dashboard.navigation": "أقسام لوحة التحكم",
  "dashboard.part.rooms": "الغرف",
  "dashboard.part.people": "الأشخاص",
  "dashboard.part.teams": "الفرق",
  "dashboard.part.keys": "المفاتيح",
  "dashboard.part.webhooks": "خطافات الويب",
  "dashboard.part.live": "الجارية الآن",
  "dashboard.part.usage": "الاستخدام",
  "dashboard.part.health": "الحالة",
  "dashboard.account": "حسابك",
}
