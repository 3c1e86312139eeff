/** What is kept of use. Days as in 2026-11-21, UTC. */

import type { TeamId } from "@conclave/api"

export interface UsageOfDay {
  readonly team: TeamId
  readonly day: string
  readonly calls: number
  readonly participantMs: number
  readonly peak: number
}

export interface UsageStore {
  /** Adds calls and time to what the days have, and raises their peaks. */
  add(usage: readonly UsageOfDay[]): Promise<void>
  /** From one day to another, both included; by day, then team. Undefined: more than `most`. */
  between(wanted: UsageWanted): Promise<readonly UsageOfDay[] | undefined>
}

export interface UsageWanted {
  readonly teams: "all" | readonly TeamId[]
  readonly from: string
  readonly to: string
  readonly most: number
}
