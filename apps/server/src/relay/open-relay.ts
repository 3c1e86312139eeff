/** Our own relay (TURN) for networks from which the SFU cannot be reached directly: opened by what the operator chose. */

import type { TLSSocket } from "node:tls"
import { fromBase64url, type RelayOffer } from "@conclave/wire"
import { codeOf, StartRefusal, type Config } from "../config.ts"
import { udpPort } from "../media/ports.ts"
import { streamDoor, udpDoor } from "./doors.ts"
import { Turn } from "./turn.ts"
import type { Endpoint } from "./xor-address.ts"

/** RFC 8656 section 4. */
const usualPort = 3478

export interface Relay {
  /** A credential for a member or a probe; undefined when too many are live. */
  offer(who: string): RelayOffer | undefined
  /** Takes a TLS stream that speaks TURN. */
  readonly takeStream: (stream: TLSSocket) => void
  stop(): void
}

/** Undefined when the operator wants none. Throws StartRefusal when the port cannot be had. */
export async function openRelay(
  { turnPort, port, tls }: Pick<Config, "turnPort" | "port" | "tls">,
  sfu: Endpoint,
  now: () => number,
): Promise<Relay | undefined> {
  if (turnPort === 0) return undefined
  const { address } = sfu
  // A server on any free port is one of several on its machine.
  const at = { address, port: turnPort ?? (port === 0 ? await anyPort(address) : usualPort) }
  const turn = new Turn({ sfu, now })
  try {
    const door = await udpDoor(turn, at)
    return {
      offer: (who) => offerOf(turn.give(who), at, tls !== undefined),
      takeStream: streamDoor(turn),
      stop() {
        door.close()
        turn.stop()
      },
    }
  } catch (error) {
    turn.stop()
    throw new StartRefusal(
      `UDP port ${at.port} on ${address} cannot be used for the relay (${codeOf(error)}): end what uses it, or set CONCLAVE_TURN_PORT to another, or to 0 for none.`,
    )
  }
}

async function anyPort(address: string): Promise<number> {
  return (await udpPort(0, address)) ?? usualPort
}

function offerOf(given: ReturnType<Turn["give"]>, { address, port }: Endpoint, isOverTls: boolean): RelayOffer | undefined {
  const [username, password] = [fromBase64url(given?.username ?? ""), fromBase64url(given?.password ?? "")]
  if (given === undefined || username === undefined || password === undefined) return undefined
  return { username, password, address, port, isOverTls }
}
