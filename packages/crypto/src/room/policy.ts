/**
 * The room's rules: who is host, who comes in how, what may be done (D4, D20). This file knows what a policy says; who may
 * sign one is in policy-chain.ts, how one changes in policy-edit.ts.
 */

import { fromBase64url, toBase64url } from "../base64url.ts"
import { isIssuer } from "../identity/issuer.ts"
import { canonicalBytes, fieldsOf, isWhole, readCanonical } from "../json.ts"
import type { Bytes } from "../platform.ts"
import { isRoomKind, type RoomKind } from "./kind.ts"
import { isName } from "./name.ts"

/** The MLS group context extension that carries the signed policy (RFC 9420 section 17.3, private use). */
export const policyExtension = 0xf0c1

/** An identity provider and the client id under which its tokens count here (D19). */
export interface PolicyIssuer {
  /** `https://…`, or `http://` on loopback; no query, no fragment. */
  readonly issuer: string
  readonly clientId: string
}

/** What the policy says. Devices are named by `hostName` of their public key. */
export interface Policy {
  /** What the room is; the same in every version (D39.31). */
  readonly kind: RoomKind
  /** 22 base64url characters. */
  readonly room: string
  /** Rises by each change; a group never goes back (D4). */
  readonly version: number
  readonly hosts: readonly string[]
  readonly coHosts: readonly string[]
  /** Who may take over while no host is there (D5.1): members or co-hosts. */
  readonly successors: readonly string[]
  readonly listeners: readonly string[]
  /** What somebody is whom no list names. */
  readonly joinAs: "member" | "listener"
  readonly waitingRoom: boolean
  readonly isLocked: boolean
  /** Whether somebody who is no host may found a call (D4.14). */
  readonly joinBeforeHost: boolean
  readonly share: "everyone" | "hosts"
  readonly record: "nobody" | "hosts" | "everyone"
  readonly minimumLevel: "guest" | "organisation"
  readonly issuers: readonly PolicyIssuer[]
  /** Rises with each new link secret (D4.15); 1 in the other kinds, whose opening is replaced with the whole room (D39.34). */
  readonly secretVersion: number
  /** `secretHash` of link-keys.ts. */
  readonly secretHash: string
  /** One newcomer for each link secret. */
  readonly isSingleUse: boolean
  /** Milliseconds since 1970; afterwards the link admits nobody new. */
  readonly expiry?: number
  readonly password?: PolicyPassword
  /** A subject to show; the same rules as a name. */
  readonly topic?: string
}

/** That a password is asked for, and what it is stretched with (D18). */
export interface PolicyPassword {
  readonly version: number
  /** 16 bytes, base64url. */
  readonly salt: string
}

/** Most bytes of one policy. */
export const maxPolicyBytes = 6 * 1024

/** Most devices in each list. */
export const maxDevices = { hosts: 20, coHosts: 50, successors: 20, listeners: 200 } as const
const maxIssuers = 5

type FirstRules = Pick<Policy, "kind" | "room" | "hosts" | "secretHash" | "topic"> &
  Partial<Pick<Policy, "issuers" | "isLocked" | "joinAs">>

/**
 * The rules a room is made with. D39.36: where the server opens the room, its call begins with whoever furnished it; and sealed by
 * identity, whoever nobody vouches for waits for a person's yes.
 */
export const firstPolicy = (of: FirstRules): Policy => ({
  ...{ version: 1, coHosts: [], successors: [], listeners: [], joinAs: "member" },
  ...{ waitingRoom: of.kind === "identity", isLocked: false, joinBeforeHost: of.kind === "link", share: "everyone", record: "nobody" },
  ...{ minimumLevel: "guest", issuers: [], secretVersion: 1, isSingleUse: false },
  ...of,
})

/** A policy as canonical JSON. */
export const policyBody = (policy: Policy): Bytes =>
  canonicalBytes({
    ...{ v: 1, protocol: 1, suite: 78 },
    ...policy,
    issuers: policy.issuers.map(({ issuer, clientId }) => ({ issuer, clientId })),
    password: policy.password === undefined ? undefined : { version: policy.password.version, salt: policy.password.salt },
  })

const needed = [
  ...["v", "protocol", "suite", "kind", "room", "version", "hosts", "coHosts", "successors", "listeners", "joinAs"],
  ...["waitingRoom", "isLocked", "joinBeforeHost", "share", "record", "minimumLevel", "issuers"],
  ...["secretVersion", "secretHash", "isSingleUse"],
]

/** Reads canonical JSON of a policy (D4.2). Nothing in it is true before its signatures were checked. */
export function parsePolicy(bytes: Uint8Array): Policy | undefined {
  const value = fieldsOf(readCanonical(bytes, maxPolicyBytes), needed, ["expiry", "password", "topic"])
  if (value?.["v"] !== 1 || value["protocol"] !== 1 || value["suite"] !== 78) return undefined
  const { v: _v, protocol: _protocol, suite: _suite, ...policy } = value
  return isPolicy(policy) ? policy : undefined
}

/** Whether every field is in its bounds. */
export function isPolicy(value: object): value is Policy {
  const policy = value as Record<keyof Policy, unknown>
  return hasKind(policy) && hasPlaces(policy) && hasRules(policy) && hasLists(value as Policy)
}

function hasKind({ kind, secretVersion }: Record<keyof Policy, unknown>): boolean {
  return isRoomKind(kind) && (kind === "link" || secretVersion === 1)
}

function hasPlaces({ room, version, secretVersion, secretHash, expiry, password, topic }: Record<keyof Policy, unknown>): boolean {
  if (!isBytes(room, 16) || !isBytes(secretHash, 16)) return false
  if (!isWhole(version, 1, maxVersion) || !isWhole(secretVersion, 1, maxVersion)) return false
  if (expiry !== undefined && !isWhole(expiry, 0, 2 ** 52)) return false
  return (password === undefined || isPassword(password)) && (topic === undefined || isName(topic))
}

/** Fits the 32 bits of the PSK id and of the server's record. */
const maxVersion = 2 ** 31

function hasRules(policy: Record<keyof Policy, unknown>): boolean {
  const switches = [policy.waitingRoom, policy.isLocked, policy.joinBeforeHost, policy.isSingleUse]
  if (!switches.every((one) => typeof one === "boolean")) return false
  if (policy.joinAs !== "member" && policy.joinAs !== "listener") return false
  if (policy.share !== "everyone" && policy.share !== "hosts") return false
  if (policy.record !== "nobody" && policy.record !== "hosts" && policy.record !== "everyone") return false
  if (policy.minimumLevel !== "guest" && policy.minimumLevel !== "organisation") return false
  const { issuers } = policy
  return Array.isArray(issuers) && issuers.length <= maxIssuers && issuers.every(isIssuer)
}

/** D4.13: a device stands in one role list only, and a successor is neither host already nor a listener. */
function hasLists({ hosts, coHosts, successors, listeners }: Policy): boolean {
  const lists = { hosts, coHosts, successors, listeners }
  const isEach = Object.entries(lists).every(([name, list]) => isDeviceList(list, maxDevices[name as keyof typeof lists]))
  if (!isEach || hosts.length === 0) return false
  const isOnce = (...named: readonly (readonly string[])[]): boolean => new Set(named.flat()).size === named.flat().length
  return isOnce(hosts, coHosts, listeners) && isOnce(hosts, successors) && isOnce(listeners, successors)
}

const isDeviceList = (value: unknown, most: number): boolean =>
  Array.isArray(value) && value.length <= most && value.every((one) => isBytes(one, 32)) && new Set(value).size === value.length

function isPassword(value: unknown): value is PolicyPassword {
  const read = fieldsOf(value, ["version", "salt"])
  return read !== undefined && isWhole(read["version"], 1, maxVersion) && isBytes(read["salt"], 16)
}

const isBytes = (value: unknown, length: number): value is string => typeof value === "string" && fromBase64url(value, length) !== undefined

/** A device public key as the policy names it. */
export const hostName = (devicePublicKey: Uint8Array): string => toBase64url(devicePublicKey)
