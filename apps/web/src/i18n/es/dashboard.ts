import type { dashboard as english } from "../en/dashboard.ts"
import type { PartOf } from "../words.ts"
import { apiProblems } from "./api-problems.ts"
import { calls } from "./dashboard/calls.ts"
import { frame } from "./dashboard/frame.ts"
import { people } from "./dashboard/people.ts"
import { reports } from "./dashboard/reports.ts"
import { rooms } from "./dashboard/rooms.ts"

/** The dashboard. Spanish. */
export const dashboard: PartOf<typeof english> = { ...apiProblems, ...frame, ...rooms, ...calls, ...people, ...reports }
