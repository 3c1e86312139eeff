/** Names of the things of an organisation: 128 random bits as 22 characters of base64url, like those of rooms and calls. */

import { z } from "./schema.ts"

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type TeamId = Branded<"TeamId">
export type AccountId = Branded<"AccountId">
export type KeyId = Branded<"KeyId">
export type InvitationId = Branded<"InvitationId">
/** A session of an account, as its owner sees it in a list; what the cookie holds is another secret. */
export type SessionId = Branded<"SessionId">
export type PasskeyId = Branded<"PasskeyId">
/** A room as the API names it. The name in its link is another and changes with its kind (D1). */
export type RoomRecordId = Branded<"RoomRecordId">
/** A joining token as lists show it; what is in the link is another secret. */
export type RoomTokenId = Branded<"RoomTokenId">
export type WebhookId = Branded<"WebhookId">
/** One sending of one event to one webhook, with all its attempts. */
export type DeliveryId = Branded<"DeliveryId">

/** 16 bytes as unpadded canonical base64url. */
const idPattern = /^[A-Za-z0-9_-]{21}[AQgw]$/

const id = <T extends string>(name: string) =>
  z
    .string()
    .regex(idPattern)
    .meta({ description: `Id of ${name}.` }) as unknown as z.ZodType<T, string>

export const teamId = id<TeamId>("a team")
export const accountId = id<AccountId>("an account")
export const keyId = id<KeyId>("a developer key")
export const invitationId = id<InvitationId>("an invitation")
export const sessionId = id<SessionId>("a session")
export const passkeyId = id<PasskeyId>("a passkey")
export const roomRecordId = id<RoomRecordId>("a room")
export const roomTokenId = id<RoomTokenId>("a joining token")
export const webhookId = id<WebhookId>("a webhook")
export const deliveryId = id<DeliveryId>("a delivery")

/** RFC 3339 in UTC, milliseconds at most. */
export const moment = z.iso.datetime({ precision: null }).meta({ description: "RFC 3339, UTC (`Z`)." })
