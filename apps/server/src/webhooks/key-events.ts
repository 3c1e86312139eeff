/** Which event follows from which change of a developer key (D40.5). Nothing that opens anything. */

import type { DeveloperKey } from "../api/ports.ts"
import type { Happened } from "./ports.ts"

export const keyEvent = (
  type: "key_created" | "key_rotated" | "key_revoked",
  { id, team, name, scopes }: Pick<DeveloperKey, "id" | "team" | "name" | "scopes">,
  at: number,
): Happened => ({ type, team, at, data: { key_id: id, name, scopes } })
