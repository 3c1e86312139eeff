/** What a server makes by hand, or a link holder in league with it: for the tests of this folder and of tests/hostile. */

import { bundleLifetimeMs, makeBundle } from "../room/bundle.ts"
import { deviceKey } from "../room/device-key.ts"
import { sealKnock } from "../room/knock.ts"
import { idBytes } from "../room/link-keys.ts"
import { memoryKeyShelf } from "../room/signing-key.ts"
import type { GroupOrder } from "./engine-port.ts"
import { pskIdOf } from "./membership.ts"
import { admit, found, good, id, leafOf, realEngine, rogueKnock, somebody, type House, type Knock } from "./people.fixture.ts"
import type { Rogue, Somebody } from "./people.fixture.ts"

/** Ada and Ben in a call, at leaves 0 and 1. */
export async function two(home: House): Promise<{ call: string; ada: Somebody; ben: Somebody }> {
  const [ada, ben] = [await somebody(home, "Ada"), await somebody(home, "Ben")]
  const call = await found(ada)
  await admit(ada, call, [ben])
  return { call, ada, ben }
}

/** The id of the PSK of the room's first link. */
export const pskIdAt = (home: House): Uint8Array => pskIdOf(home.room, 1)

interface StrangeGroup {
  /** The call that the Welcome is said to be for. */
  readonly call: string
  /** The call whose group it is; the same when absent. */
  readonly group?: string
  readonly policy: Uint8Array
}

/** Somebody with the link founds a group and adds the knocker: the order that its Welcome becomes. */
export function strangeWelcome(home: House, made: Knock, { call, group = call, policy }: StrangeGroup) {
  const raw = new realEngine.Member(idBytes(id()), Math.floor(Date.now() / 1000), 3600)
  raw.create(idBytes(group), policy)
  raw.storePsk(pskIdAt(home), home.keys.psk.expose())
  const { welcomes, tree } = raw.commit({ adds: [made.keyPackage], psk: pskIdAt(home) })
  const order = { do: "join-group", call, welcome: welcomes[0] ?? new Uint8Array(), tree: tree ?? new Uint8Array() } as const
  return order satisfies GroupOrder
}

/** A knock sealed by a link holder around a package whose leaf key its device never vouched for. */
export async function uncertified(home: House, rogue: Rogue): Promise<Pick<Rogue, "member" | "keyPackage" | "sealed">> {
  const place = { room: home.room, call: rogue.call }
  const device = good(await deviceKey(memoryKeyShelf(), home.room))
  const other = await rogueKnock(home, rogue.call)
  const about = { member: rogue.member, name: "Cleo", expiry: Date.now() + bundleLifetimeMs }
  const bundle = await makeBundle({ device, leaf: leafOf(other.raw) }, place, about)
  const binding = { ...place, member: rogue.member, keyPackage: rogue.keyPackage }
  return { ...rogue, sealed: await sealKnock(home.keys.knock, binding, { bundle }, Date.now()) }
}
