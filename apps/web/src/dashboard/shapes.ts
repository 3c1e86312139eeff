/** What REST v1 answers, by the names that the screens use. */

import type { Api } from "../adapters/api.ts"

type Value<Id extends keyof Api> = Extract<Awaited<ReturnType<Api[Id]>>, { readonly kind: "done" }>["value"]

/** A page of a list. */
export interface PageOf<One> {
  readonly data: readonly One[]
  readonly total_count: number
}

export type OwnAccount = Value<"getAccount">
export type Room = Value<"getRoom">
export type LiveRoom = Value<"listLiveRooms">["data"][number]
export type Participant = Value<"listParticipants">["data"][number]
export type Person = Value<"getPerson">
export type OrganisationRole = Person["role"]
export type TeamRole = Person["teams"][number]["role"]
export type Invitation = Value<"listInvitations">["data"][number]
export type ShownInvitation = Value<"invitePerson">
export type Team = Value<"getTeam">
export type DeveloperKey = Value<"listKeys">["data"][number]
export type ShownKey = Value<"createKey">
export type RoomToken = Value<"listRoomTokens">["data"][number]
export type ShownToken = Value<"createRoomToken">
export type Webhook = Value<"getWebhook">
export type ShownWebhook = Value<"createWebhook">
export type Delivery = Value<"listDeliveries">["data"][number]
export type UsageOfDay = Value<"getUsage">["data"][number]
export type Health = Value<"getHealth">
