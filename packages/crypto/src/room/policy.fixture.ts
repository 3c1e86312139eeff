/** Devices and signed policies for tests. */

import { toBase64url } from "../base64url.ts"
import { randomBytes } from "../platform.ts"
import { isRefusal, type Refusal } from "../refusal.ts"
import { deviceKey } from "./device-key.ts"
import { firstPolicy, hostName, type Policy } from "./policy.ts"
import { signFirst, type PolicyAnchor, type SignedPolicy } from "./policy-chain.ts"
import { hashOfRoomKey, roomKey } from "./room-key.ts"
import { memoryKeyShelf, type SigningKey } from "./signing-key.ts"

export const id = (): string => toBase64url(randomBytes(16))

/** What was asked for; a refusal fails the test. */
export function good<T>(value: T): Exclude<T, Refusal> {
  if (isRefusal(value)) throw new Error(`refused: ${value.refused}`)
  return value as Exclude<T, Refusal>
}

/** A device that keeps nothing. */
export const device = async (): Promise<SigningKey> => good(await deviceKey(memoryKeyShelf(), id()))

/** A room whose first policy names these hosts. */
export interface SignedRoom {
  readonly key: SigningKey
  readonly anchor: PolicyAnchor
  readonly first: SignedPolicy
}

export async function signedRoom(hosts: readonly SigningKey[], rules: Partial<Policy> = {}): Promise<SignedRoom> {
  const room = id()
  const key = good(await roomKey(memoryKeyShelf(), room))
  const policy = { ...firstPolicy({ kind: rules.kind ?? "link", room, hosts: hosts.map(nameOf), secretHash: id() }), ...rules }
  return { key, anchor: { kind: policy.kind, room, keyHash: await hashOfRoomKey(key.publicKey) }, first: await signFirst(key, policy) }
}

export const nameOf = ({ publicKey }: SigningKey): string => hostName(publicKey)
