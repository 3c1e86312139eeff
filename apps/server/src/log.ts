/** Lines for the operator. Fields are names, pseudonyms and counts; there is no field that a token would fit in. */

export interface LogFields {
  readonly room?: string
  readonly call?: string
  readonly member?: string
  /** Of the organisation, and who acted on it. */
  readonly account?: string
  readonly by?: string
  readonly code?: string
  readonly reason?: string
  readonly count?: number
  readonly status?: number
}

export type Log = (event: string, fields?: LogFields) => void

/** Writes `time event key=value …`, one line per event. */
export const lineLog =
  (write: (line: string) => void, now: () => Date): Log =>
  (event, fields = {}) => {
    const pairs = Object.entries(fields).map(([name, value]) => `${name}=${oneWord(String(value))}`)
    write([now().toISOString(), event, ...pairs].join(" ") + "\n")
  }

/** Nothing from outside starts a new line or a new field. */
const oneWord = (text: string): string => text.replaceAll(/[^\x21-\x7e]+/g, "_").slice(0, 200)

/** What a bug may say of itself: its kind and place, not its words, which may quote data. */
export function bugFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { reason: typeof error }
  const place = error.stack?.split("\n").find((line) => line.includes(".ts:"))
  const said = error.message.startsWith("bug: ") ? error.message : error.name
  return { reason: `${said} ${place?.trim() ?? ""}` }
}
