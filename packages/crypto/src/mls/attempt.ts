/** Calls the engine and turns what it throws into a value. Its texts go no further. */

import { engineCodeOf, type EngineCode } from "@conclave/mls-engine"
import { refusal, type Refusal } from "../refusal.ts"
import type { GroupFailure } from "./engine-port.ts"

/** Codes of the engine that mean more than "refused". */
const failures: Partial<Record<EngineCode, GroupFailure>> = {
  "wrong-epoch": "stale",
  "too-old": "stale",
  "pending-commit": "busy",
  "already-staged": "busy",
  bug: "broken",
}

/** Runs one engine call. Whatever is no code, a panic among it, is `broken`: that engine is never asked again. */
export function attempt<T>(call: () => T): T | Refusal<GroupFailure> {
  try {
    return call()
  } catch (cause) {
    return refusal(failures[engineCodeOf(cause)] ?? "refused")
  }
}
