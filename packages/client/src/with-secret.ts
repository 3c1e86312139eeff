/** Makes a room of the API one sealed by link, in a browser (D37.16). Link secret and room key are made here; the server gets neither. */

import { isRefusal, makeRoom, type KeyShelf, type Refusal } from "@conclave/crypto/room"
import { toBase64url } from "@conclave/wire"
import type { Client } from "./client.ts"

export interface SecretWishes {
  /** Id or friendly_url. */
  readonly room: string
  /** Where this browser keeps room key and device key: whoever runs this becomes the room's host. */
  readonly keys: KeyShelf
  /** Of the server, for the link. */
  readonly origin: string
  /** Sealed; beside the one that the API was told, which the server knows. */
  readonly topic?: string
}

export interface SecretMade {
  /** The link. Nobody else has it: not the server, not whoever made the room by the API. Lost is lost. */
  readonly link: string
}

/** Rejects with ApiRefusal when the server says no; then the room is as it was. A link that the room had before opens nothing any more. */
export async function withSecret(
  client: Pick<Client, "uploadRoomSecret">,
  { room, keys, origin, topic }: SecretWishes,
): Promise<SecretMade | Refusal<"unsupported-browser">> {
  const made = await makeRoom(keys, topic === undefined ? {} : { topic })
  if (isRefusal(made)) return made
  await client.uploadRoomSecret({
    params: { room },
    body: {
      room: made.room,
      access_hash: toBase64url(made.accessHash),
      shelf: toBase64url(made.shelf),
      key: toBase64url(made.key),
    },
  })
  return { link: `${origin}/r/${made.room}#${made.fragment}` }
}
