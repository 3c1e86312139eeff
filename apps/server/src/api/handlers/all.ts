/** Every operation's handler. */

import type { Handlers } from "../routes.ts"
import { contentHandlers } from "./content.ts"
import { entryHandlers } from "./entry.ts"
import { healthHandlers } from "./health.ts"
import { keyHandlers } from "./keys.ts"
import { liveHandlers } from "./live.ts"
import { organisationHandlers } from "./organisation.ts"
import type { HandlerParts } from "./parts.ts"
import { recordingHandlers } from "./recordings.ts"
import { roomHandlers } from "./rooms.ts"
import { tokenHandlers } from "./tokens.ts"
import { usageHandlers } from "./usage.ts"
import { webhookHandlers } from "./webhooks.ts"

export const allHandlers = (parts: HandlerParts): Handlers => ({
  ...roomHandlers(parts),
  ...entryHandlers(parts),
  ...tokenHandlers(parts),
  ...liveHandlers(parts),
  ...contentHandlers(parts),
  ...keyHandlers(parts),
  ...webhookHandlers(parts),
  ...usageHandlers(parts),
  ...recordingHandlers(parts),
  ...healthHandlers(parts),
  ...organisationHandlers(parts.accounts),
})
