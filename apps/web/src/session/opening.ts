/** What `access` is derived from, before there is a key worker: a link's secret, or what the server handed out. */

import { parseFragment, readOpening, type Secret } from "@conclave/crypto/room"
import type { Opening } from "../key-worker/messages.ts"

/** Undefined unless it has the form of its kind. The caller wipes it. */
export const secretOf = (opening: Opening): Secret | undefined =>
  opening.kind === "link" ? parseFragment(opening.fragment)?.secret : readOpening(opening)?.opening
