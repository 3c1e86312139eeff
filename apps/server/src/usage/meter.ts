/** Counts calls, time and crowds by team and day (D40.15). Pure but for what it remembers; time is given. */

import type { TeamId } from "@conclave/api"
import { dayOf, splitByDay } from "./days.ts"
import type { UsageOfDay } from "./ports.ts"

interface Counted {
  readonly team: TeamId
  readonly room: string
  /** In the room's call from now on. */
  readonly participants: number
  /** Calls that began just now. */
  readonly began: number
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface Meter {
  count(counted: Counted): void
  /** What was used up to now and not taken before. */
  take(at: number): readonly UsageOfDay[]
  /** What was taken and could not be kept. */
  giveBack(usage: readonly UsageOfDay[]): void
}

interface Room {
  readonly team: TeamId
  readonly participants: number
  readonly at: number
}

export function newMeter(): Meter {
  const rooms = new Map<string, Room>()
  const days = new Map<string, UsageOfDay>()

  const add = ({ team, day, calls, participantMs, peak }: UsageOfDay): void => {
    const had = days.get(`${team} ${day}`)
    days.set(`${team} ${day}`, {
      team,
      day,
      calls: calls + (had?.calls ?? 0),
      participantMs: participantMs + (had?.participantMs ?? 0),
      peak: Math.max(peak, had?.peak ?? 0),
    })
  }

  const crowdOf = (team: TeamId): number => [...rooms.values()].reduce((sum, one) => sum + (one.team === team ? one.participants : 0), 0)

  /** Time since the room was counted last. */
  const run = (name: string, to: number): void => {
    const room = rooms.get(name)
    if (room === undefined) return
    const peak = crowdOf(room.team)
    for (const { day, ms } of splitByDay(room.at, to)) add({ team: room.team, day, calls: 0, participantMs: ms * room.participants, peak })
    rooms.set(name, { ...room, at: Math.max(room.at, to) })
  }

  return {
    count({ team, room, participants, began, at }) {
      run(room, at)
      if (participants === 0) rooms.delete(room)
      else rooms.set(room, { team, participants, at })
      add({ team, day: dayOf(at), calls: began, participantMs: 0, peak: crowdOf(team) })
    },
    take(at) {
      for (const name of rooms.keys()) run(name, at)
      const taken = [...days.values()]
      days.clear()
      return taken
    },
    giveBack: (usage) => usage.forEach(add),
  }
}
