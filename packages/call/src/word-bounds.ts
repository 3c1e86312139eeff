/** How much members may say to each other (D34.10, D34.11, D34.13). */

export const wordBounds = {
  /** Characters (UTF-16 units) of a state and of a word. The engine holds others to the same. */
  state: 1_000,
  word: 16_000,
  /** D34.13: so many words of one member at once, and so many more each second. */
  burst: 20,
  perSecond: 5,
  /** Own words that wait to be sealed: beyond that nobody waits for them any more. */
  waiting: 20,
} as const
