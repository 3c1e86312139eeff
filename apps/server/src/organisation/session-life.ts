/** How long a session lasts (D36.7) and for how long its owner counts as just having shown who they are (D36.9). */

/** Milliseconds since 1970 throughout. */
export interface SessionTimes {
  readonly madeAt: number
  /** The last request, within `noticeMs`. */
  readonly seenAt: number
  /** When its owner last showed a password or passkey. */
  readonly provenAt: number
}

const hour = 3_600_000

export const idleMs = 12 * hour
export const longestMs = 30 * 24 * hour
export const freshMs = 15 * 60_000
/** A request within this of the one noted before is not worth a write. */
export const noticeMs = 60_000

/** Whether it still stands for its account. A clock set back ends nothing and prolongs nothing by more than was set. */
export const isAlive = ({ madeAt, seenAt }: SessionTimes, now: number): boolean => now - seenAt < idleMs && now - madeAt < longestMs

export const isFresh = ({ provenAt }: SessionTimes, now: number): boolean => now - provenAt < freshMs

export const isWorthNoting = ({ seenAt }: SessionTimes, now: number): boolean => now - seenAt >= noticeMs

/** When it ends if nobody comes back. */
export const endsAt = ({ madeAt, seenAt }: SessionTimes): number => Math.min(seenAt + idleMs, madeAt + longestMs)
