/** How this package says no: a value with a code, never an exception and never a word of what was refused. */

/** A refusal. `refused` is the code; nothing secret is ever beside it. */
export interface Refusal<Code extends string = string> {
  readonly refused: Code
}

export const refusal = <const Code extends string>(code: Code): Refusal<Code> => ({ refused: code })

/** Tells a refusal from what was asked for. */
export const isRefusal = (value: unknown): value is Refusal => typeof value === "object" && value !== null && "refused" in value
