/** Every operation's handler. */

import type { Handlers } from "../routes.ts"
import { contentHandlers } from "./content.ts"
import { entryHandlers } from "./entry.ts"
import { keyHandlers } from "./keys.ts"
import { liveHandlers } from "./live.ts"
import { organisationHandlers } from "./organisation.ts"
import type { HandlerParts } from "./parts.ts"
import { roomHandlers } from "./rooms.ts"
import { tokenHandlers } from "./tokens.ts"

export const allHandlers = (parts: HandlerParts): Handlers => ({
  ...roomHandlers(parts),
  ...entryHandlers(parts),
  ...tokenHandlers(parts),
  ...liveHandlers(parts),
  ...contentHandlers(parts),
  ...keyHandlers(parts),
  ...organisationHandlers(parts.accounts),
})
