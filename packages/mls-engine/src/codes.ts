/** Every way the engine refuses. The same list as `engine/src/code.rs`; a test compares them. */

export const engineCodes = [
  "malformed",
  "not-private",
  "wrong-group",
  "wrong-epoch",
  "too-old",
  "too-far",
  "duplicate",
  "decryption",
  "validation",
  "own-message",
  "removed-sender",
  "unexpected-content",
  "pending-commit",
  "no-pending-commit",
  "already-staged",
  "nothing-staged",
  "no-group",
  "already-in-group",
  "removed",
  "wiped",
  "psk-missing",
  "key-package-invalid",
  "key-package-spent",
  "no-key-package",
  "unknown-leaf",
  "self-remove",
  "invalid-argument",
  "bug",
] as const

/** Why the engine would not; `bug` means that its worker must be discarded. */
export type EngineCode = (typeof engineCodes)[number]

const known: ReadonlySet<string> = new Set(engineCodes)

/**
 * The code of anything a call of the engine threw. What is no code of ours is `bug`: a panic in WebAssembly, a member
 * used after `free`, an argument that is not bytes.
 */
export function engineCodeOf(thrown: unknown): EngineCode {
  return thrown instanceof Error && known.has(thrown.message) ? (thrown.message as EngineCode) : "bug"
}
