/** Whom the speaker layout shows large. Pure; time comes in, in ms. Rules D23.17 and D23.18 of docs/protocol.md. */

/** D23.17: who speaks this long takes the large place. A cough does not. */
export const takeOverMs = 2_000

export interface Large {
  /** A tile's id. */
  readonly shown: string | undefined
  /** Who speaks without having the place, and since when. */
  readonly waiting: ReadonlyMap<string, number>
}

export const nobodyLarge: Large = { shown: undefined, waiting: new Map() }

/**
 * D23.17: the place goes to whoever has spoken for 2 s while its holder was silent, or at once while nobody has it. D23.18: its
 * holder keeps it in silence, and while others speak at the same time; who has left loses it.
 */
export function largeAt(
  before: Large,
  { present, speaking }: { present: readonly string[]; speaking: readonly string[] },
  now: number,
): Large {
  const shown = before.shown !== undefined && present.includes(before.shown) ? before.shown : undefined
  const others = speaking.filter((id) => id !== shown && present.includes(id))
  const waiting = new Map(others.map((id) => [id, before.waiting.get(id) ?? now]))
  if (shown !== undefined && speaking.includes(shown)) return { shown, waiting: new Map(others.map((id) => [id, now])) }
  const [longest] = [...waiting].toSorted(([, a], [, b]) => a - b)
  if (longest === undefined) return { shown, waiting }
  if (shown !== undefined && now - longest[1] < takeOverMs) return { shown, waiting }
  waiting.delete(longest[0])
  return { shown: longest[0], waiting }
}
