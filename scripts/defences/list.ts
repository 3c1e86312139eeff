/** Every defence that `npm run defences` takes out in turn. Whoever builds a defence adds a line here. */
import { accountDefences } from "./accounts.ts"
import { attackDefences } from "./attacks.ts"
import { databaseDefences } from "./database.ts"
import type { Defence } from "./defence.ts"
import { entryDefences } from "./entry.ts"
import { frameDefences } from "./frames.ts"
import { groupDefences } from "./group.ts"
import { houseDefences } from "./house.ts"
import { identityDefences } from "./identity.ts"
import { mediaLinkDefences } from "./media-link.ts"
import { passwordDefences } from "./password.ts"
import { relayDefences } from "./relay.ts"
import { roomRuleDefences } from "./room-rules.ts"
import { togetherDefences } from "./together.ts"
import { webhookDefences } from "./webhooks.ts"

export const defences: readonly Defence[] = [
  ...mediaLinkDefences,
  ...relayDefences,
  ...frameDefences,
  ...groupDefences,
  ...roomRuleDefences,
  ...togetherDefences,
  ...passwordDefences,
  ...houseDefences,
  ...identityDefences,
  ...attackDefences,
  ...databaseDefences,
  ...accountDefences,
  ...entryDefences,
  ...webhookDefences,
]
