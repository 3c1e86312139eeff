import { apiProblems } from "./api-problems.ts"
import { calls } from "./dashboard/calls.ts"
import { frame } from "./dashboard/frame.ts"
import { people } from "./dashboard/people.ts"
import { reports } from "./dashboard/reports.ts"
import { rooms } from "./dashboard/rooms.ts"

/** The dashboard. English. */
export const dashboard = { ...apiProblems, ...frame, ...rooms, ...calls, ...people, ...reports } as const
