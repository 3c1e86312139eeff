/**
 * Writes down what a machine heard and ordered, one line a turn, and plays it again. No input, output or state holds a
 * key; the two tokens that open doors at the server (`access`, `session`), a new link and what people say are blanked, and since the
 * machine never looks into them, a replay is the same without.
 */

import { fromBase64url, toBase64url } from "@conclave/wire"
import type { Machine } from "./run.ts"

const tokens = new Set(["access", "session"])
/** Texts that the machine carries and never looks into: a new link, what people say, what holds for them. */
const unread = new Set(["link", "body", "state"])

/** One turn as a line of JSON, without a line end. */
export function traceLine(input: unknown, outputs: readonly unknown[]): string {
  return JSON.stringify({ input, outputs }, (key, value: unknown) => {
    if (unread.has(key) && typeof value === "string") return "blanked"
    if (!(value instanceof Uint8Array)) return value
    return { bytes: toBase64url(tokens.has(key) ? new Uint8Array(value.length) : value) }
  })
}

/** Reads such a line. Undefined when it is none. */
export function parseTraceLine(line: string): { readonly input: unknown; readonly outputs: readonly unknown[] } | undefined {
  let read: unknown
  try {
    read = JSON.parse(line, (_, value: unknown) => (isBytes(value) ? (fromBase64url(value.bytes) ?? value) : value))
  } catch {
    return undefined
  }
  if (typeof read !== "object" || read === null || !("input" in read) || !("outputs" in read) || !Array.isArray(read.outputs))
    return undefined
  return { input: read.input, outputs: read.outputs as unknown[] }
}

const isBytes = (value: unknown): value is { bytes: string } =>
  typeof value === "object" && value !== null && "bytes" in value && typeof value.bytes === "string" && Object.keys(value).length === 1

/** Plays a trace: the state it ends in, and the first line (from 1) whose orders differ from those written down. */
export function replay<State, Input, Output>(
  machine: Machine<State, Input, Output>,
  lines: readonly string[],
): { readonly state: State; readonly differsAt: number | undefined } {
  let state = machine.start
  let differsAt: number | undefined
  lines.forEach((line, i) => {
    const turn = parseTraceLine(line)
    if (turn === undefined) throw new Error("bug: not a line of a trace")
    const [next, ...outputs] = machine.step(state, turn.input as Input)
    state = next
    if (differsAt === undefined && traceLine(turn.input, outputs) !== traceLine(turn.input, turn.outputs)) differsAt = i + 1
  })
  return { state, differsAt }
}
