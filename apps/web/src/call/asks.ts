/** What whoever moderates can ask of one person (L32, L34). Pure. */

export type AskOfPerson = "ask-unmute" | "lower-hand"

interface Asked {
  readonly canModerate: boolean
  readonly isMuted: boolean
  readonly isListener: boolean
  readonly hasHand: boolean
}

/** In the order of a menu. Who may only listen cannot unmute: that takes another role. */
export function asksOf({ canModerate, isMuted, isListener, hasHand }: Asked): readonly AskOfPerson[] {
  if (!canModerate) return []
  return [...(isMuted && !isListener ? (["ask-unmute"] as const) : []), ...(hasHand ? (["lower-hand"] as const) : [])]
}
