/** Every operation's handler. */

import type { Handlers } from "../routes.ts"
import { keyHandlers } from "./keys.ts"
import { organisationHandlers } from "./organisation.ts"
import type { HandlerParts } from "./parts.ts"
import { roomHandlers } from "./rooms.ts"

export const allHandlers = (parts: HandlerParts): Handlers => ({
  ...roomHandlers(parts),
  ...keyHandlers(parts),
  ...organisationHandlers(parts.accounts),
})
