/** What a refused change was about, for the notice that stays until it is closed. Pure. */

import type { Notice } from "@conclave/call"
import type { NoticeView, RefusedAct } from "../view/call.ts"

const acts: Readonly<Record<string, RefusedAct>> = {
  "device-twice": "let-in",
  blocked: "let-in",
  locked: "let-in",
  "waiting-room": "let-in",
  "below-level": "let-in",
  "link-expired": "let-in",
  "link-used": "let-in",
  "no-return": "let-in",
  "bundle-unproved": "let-in",
  "not-gone": "remove",
  "may-not-remove": "remove",
  "may-not-end": "remove",
  "not-all-ended": "remove",
  "policy-malformed": "rules",
  "policy-forged": "rules",
  "policy-not-next": "rules",
  "policy-not-alone": "rules",
  "host-present": "rules",
  "secret-mismatch": "rules",
}

/** The newest refusal after this number; undefined: none. Numbers only rise. */
export function refusalAfter(
  notices: readonly Notice[],
  seen: number,
): { readonly number: number; readonly notice: NoticeView } | undefined {
  const found = notices.findLast((notice) => notice.kind === "refused-commit" && notice.number > seen)
  if (found?.kind !== "refused-commit") return undefined
  const by = found.by?.name
  return {
    number: found.number,
    notice: { kind: "refused-commit", what: acts[found.rule ?? ""] ?? "other", ...(by === undefined ? {} : { by }) },
  }
}
