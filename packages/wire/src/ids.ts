/** Names of rooms, calls and members. Each is 128 random bits; only a parser makes one from outside data. */

import { toBase64url } from "./base64url.ts"
import type { Shape } from "./shape.ts"

declare const brand: unique symbol
type Branded<T, Name extends string> = T & { readonly [brand]: Name }

/** A place people come back to; in the link's path. */
export type RoomId = Branded<string, "RoomId">
/** One occasion in a room; also the MLS group id (D2, D9). */
export type CallId = Branded<string, "CallId">
/** The random pseudonym the server knows a member by, new for every join (D10). */
export type MemberId = Branded<string, "MemberId">
/** Position of a call's MLS group in its history, from 0. */
export type Epoch = Branded<number, "Epoch">
/** Position of an entry in a call's log, from 1. */
export type Seq = Branded<number, "Seq">

/** 16 bytes as 22 base64url characters; the last carries two bits only. */
const idPattern = /^[A-Za-z0-9_-]{21}[AQgw]$/

const id =
  <Name extends string>(): Shape<Branded<string, Name>> =>
  (value) =>
    typeof value === "string" && idPattern.test(value) ? (value as Branded<string, Name>) : undefined

export const parseRoomId = id<"RoomId">()
export const parseCallId = id<"CallId">()
export const parseMemberId = id<"MemberId">()

const count =
  <Name extends string>(low: number): Shape<Branded<number, Name>> =>
  (value) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= low ? (value as Branded<number, Name>) : undefined

export const parseEpoch = count<"Epoch">(0)
export const parseSeq = count<"Seq">(0)

/** Makes an id from 16 random bytes. The caller supplies the chance. */
export function idFrom<T extends RoomId | CallId | MemberId>(random: Uint8Array): T {
  if (random.length !== 16) throw new Error("bug: an id has 16 bytes")
  return toBase64url(random) as T
}

export const epochAfter = (epoch: Epoch): Epoch => (epoch + 1) as Epoch
