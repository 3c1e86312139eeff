/** The parts of the dashboard, and which of them a role is offered (D41.30). */

import type { Permission } from "@conclave/api"
import { may, type Holder } from "./rights.ts"

/** In the order of the navigation. */
const needs = {
  rooms: "rooms.read",
  live: "live.read",
  people: "people.read",
  teams: "teams.read",
  keys: "keys.read",
  webhooks: "webhooks.read",
  usage: "usage.read",
  health: "health.read",
} as const satisfies Record<string, Permission>

export type Part = keyof typeof needs

const parts = Object.keys(needs) as Part[]

export const isPart = (name: string): name is Part => Object.hasOwn(needs, name)

export const partsOffered = (holder: Holder): readonly Part[] => parts.filter((part) => may(holder, needs[part]))
