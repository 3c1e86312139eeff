/** D31: refused, but only to whom the room is there at all. */

import { ApiProblem, contentOperations } from "@conclave/api"
import { handler, type Handler } from "../handler.ts"
import type { HandlerParts } from "./parts.ts"
import { findRoom } from "./rooms.ts"

type ContentHandlers = { readonly [Id in keyof typeof contentOperations]: Handler<(typeof contentOperations)[Id]> }

export function contentHandlers({ api }: HandlerParts): ContentHandlers {
  const entries = Object.values(contentOperations).map((operation) => [
    operation.id,
    handler(operation, {
      find: ({ params }) => findRoom(api.rooms, params.room),
      act: (_, { kind }) =>
        Promise.reject(
          new ApiProblem("content-is-end-to-end-encrypted", {
            detail:
              kind === "transport-only"
                ? "This server keeps no content of any room, of this kind neither."
                : "It is on the devices of those who were in the call, and can be saved there.",
          }),
        ),
    }),
  ])
  return Object.fromEntries(entries) as ContentHandlers
}
