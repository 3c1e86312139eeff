/** "Removed by the organisation" (D14.6 to D14.9): a request of the server that members carry out, and show under that name. */

import { limits, type MemberId } from "@conclave/wire"
import type { Leaf } from "./engine-port.ts"
import { put, type Seated } from "./session.ts"
import { hasListened } from "./watch.ts"

/** The server passes the organisation's request on. It may be about us: then the others commit it. */
export function removalAsked(session: Seated, member: MemberId): Seated {
  const { askedOut } = session.stage
  // A server that names more than can be here is heard no further.
  if (askedOut.has(member) || askedOut.size >= limits.members) return session
  return put(session, { askedOut: new Map([...askedOut, [member, session.now]]) })
}

/** D14.8: leaves whose removal in the organisation's name we believe. Who has just come or come back may have missed the request. */
export const askedLeaves = ({ stage, now }: Seated): Leaf[] =>
  stage.peers.filter(({ member }) => !hasListened({ stage, now }) || stage.askedOut.has(member)).map(({ leaf }) => leaf)

/** The same, of ourselves. */
export const wasAskedOut = ({ stage, now }: Seated): boolean => !hasListened({ stage, now }) || stage.askedOut.has(stage.member)
