/** Who looks at the dashboard, and with which teams in view. */

import type { OwnAccount, Team } from "./shapes.ts"

export interface Visit {
  readonly account: OwnAccount
  /** All that this account may see. */
  readonly teams: readonly Team[]
  /** The one that was chosen; undefined: all of them. */
  readonly team: string | undefined
}

/** What every page of the dashboard is given. */
export interface PageProps {
  readonly visit: Visit
}
