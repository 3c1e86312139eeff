/** The key worker without its shell: link secret or opening in, orders in, facts out. Runs in Node as well, for tests. */

import { groupKeeper, type GroupKeeper, type KeeperParts, type KeyNews, type RawEngine, type RoomSeal } from "@conclave/crypto/mls"
import {
  deriveLinkKeys,
  deviceKey,
  isName,
  isRefusal,
  openShelf,
  roomKeyHere,
  type KeyShelf,
  type LinkKeys,
  type SignedPolicy,
} from "@conclave/crypto/room"
import { memoryPasswordShelf, passwordsOf, type Passwords, type PasswordShelf } from "@conclave/crypto/password"
import { identitiesOf, proofOf } from "./identity-desk.ts"
import type { KeyFailure, KeysToPage, PageToKeys, RulesAtDoor } from "./messages.ts"
import { readStart } from "./start.ts"

/** What the shell gives. `loadEngine` rejects when the module is not ours. */
export interface DeskParts {
  readonly loadEngine: () => Promise<RawEngine>
  readonly shelf: KeyShelf
  /** Where proved passwords are kept (D18.10). */
  readonly passwordShelf?: PasswordShelf
  /** A provider's keys, fetched from it; undefined when they cannot be had. Without this every token is refused (D19). */
  readonly providerKeys?: (issuer: string, isMissing: boolean) => Promise<unknown>
  /** The same of our own server, for the kinds of room where it vouches for accounts (D39.37). */
  readonly serverKeys?: (origin: string, isMissing: boolean) => Promise<unknown>
  /** Scheme, host and port of our own page, which is our server's. */
  readonly origin: string
  readonly post: (message: KeysToPage) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Something of ours is wrong; it holds no secret. */
  readonly reportBug: (bug: unknown) => void
}

/** Where the epoch keys go: a MessagePort to the frame worker. */
interface KeyOutlet {
  postMessage(news: KeyNews): void
}

type Start = Omit<Extract<PageToKeys, { type: "start" }>, "frames"> & { readonly frames: KeyOutlet }
export type DeskMessage = Start | Exclude<PageToKeys, { type: "start" }>

/** What is known of the room once started. */
interface Started {
  readonly room: string
  readonly seal: RoomSeal
  readonly keyHash: Uint8Array
  /** Of the newest link (D4.15). */
  keys: LinkKeys
  readonly keeper: GroupKeeper
  readonly passwords: Passwords
  policy: SignedPolicy | undefined
}

/** Takes messages one after the other. */
export function keyDesk(parts: DeskParts): (message: DeskMessage) => void {
  let started: Started | KeyFailure | undefined
  let last: Promise<void> = Promise.resolve()

  async function hear(message: DeskMessage): Promise<void> {
    switch (message.type) {
      case "start":
        started ??= await start(parts, message)
        parts.post(typeof started === "string" ? { type: "failed", code: started } : { type: "ready" })
        return
      case "shelf":
        if (typeof started === "object") await takeShelf(parts, started, message.shelf)
        return
      case "password":
        if (typeof started === "object") takePassword(parts, started, message)
        return
      case "order":
        await perform(parts, started, message.order)
    }
  }

  return (message) => {
    last = last.then(() => hear(message)).catch(parts.reportBug)
  }
}

async function start(parts: DeskParts, { room, opening, name, token, revocations = [], frames }: Start): Promise<Started | KeyFailure> {
  const read = await readStart({ room, opening, origin: parts.origin })
  if (read === undefined) return "cut-link"
  if (!isName(name)) return "internal"
  const device = await deviceKey(parts.shelf, room)
  if (isRefusal(device)) return "unsupported-browser"
  const engine = await parts.loadEngine().catch((cause: unknown) => {
    parts.reportBug(cause)
  })
  if (engine === undefined) return "wrong-module"
  const { seal, secret, keyHash } = read
  const keys = await deriveLinkKeys(secret, room)
  secret.wipe()
  const emitKeys = (news: KeyNews): void => {
    frames.postMessage(news)
  }
  const passwords = passwordsOf(parts.passwordShelf ?? memoryPasswordShelf(), room)
  const keeperParts: KeeperParts = {
    passwords,
    ...{ engine, room, seal, keyHash, keys, device, name, emitKeys, now: parts.now },
    policy: () => begun.policy,
    roomKey: await roomKeyHere(parts.shelf, room),
    token:
      token === undefined ? undefined : await proofOf(parts.shelf, { token, revocations }, { room, devicePublicKey: device.publicKey }),
    identities: identitiesOf(keysOf(parts, seal), room),
    linkChanged: (newest) => {
      begun.keys = newest
    },
  }
  const begun: Started = { room, seal, keyHash, keys, passwords, policy: undefined, keeper: groupKeeper(keeperParts, parts.reportBug) }
  // Heard now, the server's keys are there when a commit cannot wait for them.
  if (seal.kind !== "link") askProviders(parts, begun, [seal.server])
  return begun
}

/** The page has looked at its length already: what cannot be a password is not answered. */
function takePassword(
  { post }: DeskParts,
  { passwords }: Started,
  { text, of }: { readonly text: string; readonly of: "door" | "room" },
): void {
  const refused = of === "door" ? passwords.type(text) : passwords.choose(text)
  if (refused === undefined) post({ type: "password-taken", of })
}

/** D4: a newer policy replaces the one we have; the server cannot take us back to an older one while we are here. */
async function takeShelf(parts: DeskParts, started: Started, shelf: Uint8Array): Promise<void> {
  const opened = await openShelf(started.keys.shelf, shelf, { ...started, kind: started.seal.kind })
  if (isRefusal(opened)) parts.post({ type: "shelf-refused", code: opened.refused })
  else if (opened.policy.version >= (started.policy?.policy.version ?? 0)) {
    started.policy = opened
    parts.post({ type: "rules-read", rules: rulesOf(opened) })
    askProviders(parts, started, opened.policy.issuers)
  }
}

/** D39.37: the server is asked as itself where it vouches for accounts, and nowhere else; whoever else is named is asked as a provider. */
function keysOf({ providerKeys, serverKeys }: DeskParts, seal: RoomSeal): DeskParts["providerKeys"] {
  if (providerKeys === undefined || seal.kind === "link") return providerKeys
  return (issuer, isMissing) =>
    issuer === seal.server.issuer ? (serverKeys?.(issuer, isMissing) ?? Promise.resolve(undefined)) : providerKeys(issuer, isMissing)
}

/** Asked for their keys now, they have been heard when a commit cannot wait for them. */
function askProviders(parts: DeskParts, { seal }: Pick<Started, "seal">, issuers: readonly { readonly issuer: string }[]): void {
  for (const { issuer } of issuers) void keysOf(parts, seal)?.(issuer, false)
}

function rulesOf({ policy }: SignedPolicy): RulesAtDoor {
  const { isLocked, minimumLevel, issuers, expiry, topic } = policy
  return {
    isLocked,
    minimumLevel,
    issuers: issuers.map(({ issuer }) => issuer),
    ...(expiry === undefined ? {} : { expiry }),
    ...(topic === undefined ? {} : { topic }),
  }
}

async function perform(
  parts: DeskParts,
  started: Started | KeyFailure | undefined,
  order: Extract<PageToKeys, { type: "order" }>["order"],
): Promise<void> {
  if (typeof started !== "object") {
    parts.post({ type: "fact", fact: { type: "order-failed", order: order.do, failure: "broken" } })
    return
  }
  const fact = await started.keeper.perform(order)
  parts.post({ type: "fact", fact })
  if ("group" in fact) askProviders(parts, started, fact.group.policy.issuers)
  if ("failure" in fact && fact.failure === "broken") parts.post({ type: "broken" })
}
