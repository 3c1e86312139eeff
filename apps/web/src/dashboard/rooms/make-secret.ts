/** D37.16, D41.37: a link that the server does not know, made in this page. Its code comes when it is wanted. */

import { answerOf } from "../../adapters/api.ts"
import type { Room } from "../shapes.ts"
import type { SecretLink } from "./room-view.ts"

export async function makeSecret({ id, topic }: Pick<Room, "topic"> & { readonly id: string }): Promise<SecretLink> {
  const [{ withSecret }, { apiClient }, { keyStore }] = await Promise.all([
    import("@conclave/client/with-secret"),
    import("@conclave/client"),
    import("../../key-worker/key-store.ts"),
  ])
  const wishes = { room: id, keys: keyStore(), origin: location.origin, ...(topic === null ? {} : { topic }) }
  const made = await answerOf(withSecret(apiClient(), wishes))
  if (made.kind === "refused") return made
  return "link" in made.value ? { kind: "done", value: made.value.link } : { kind: "unsupported" }
}
