import { isProblemCode, paths, printBody, type NewRoom, type ProblemCode, type RoomId } from "@conclave/wire"
import type { MakeRoom, RoomAddress } from "../view/room.ts"
import { missingFeature } from "./support.ts"

/** Makes a room sealed by link: secret and keys here, a hash and a sealed shelf for the server (D2). */
export const makeRoom: MakeRoom = async () => {
  const missing = await missingFeature()
  if (missing !== undefined) return { kind: "unsupported", missing }
  const { makeRoomHere } = await import("../key-worker/room-making.ts")
  const { offeredIssuers } = await import("../adapters/identity.ts")
  // D19.10: the organisation of this server vouches for names here until a host says otherwise.
  const made = await makeRoomHere({ issuers: await offeredIssuers() })
  if ("refused" in made) return { kind: "unsupported", missing: "x25519-or-ed25519" }
  const { room, fragment, accessHash, shelf, key } = made
  const refusal = await register({ room: room as RoomId, accessHash, shelf, key })
  return refusal === undefined ? ({ room, fragment } satisfies RoomAddress) : { kind: "problem", code: refusal }
}

/** Tells the server. Undefined when it is done. */
async function register(room: NewRoom): Promise<ProblemCode | undefined> {
  try {
    const response = await fetch(paths.rooms, {
      method: "POST",
      body: printBody(room),
      headers: { "content-type": "application/json" },
    })
    return response.ok ? undefined : await codeOf(response)
  } catch {
    // Not reached at all.
    return "internal"
  }
}

async function codeOf(response: Response): Promise<ProblemCode> {
  const body: unknown = await response.json().catch(() => undefined)
  const code = typeof body === "object" && body !== null && "code" in body ? body.code : undefined
  return isProblemCode(code) ? code : "internal"
}
