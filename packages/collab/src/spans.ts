/** Every duration here, in milliseconds. */

export const spans = {
  /** A reaction stands beside its face. */
  reaction: 6_000,
  /** A person's own reactions come no faster than this. */
  betweenReactions: 500,
  /** "I am speaking" is said anew, for those who came or missed it. */
  speakingAgain: 3_000,
  /** No two words of speaking closer than this. */
  betweenSpeaking: 300,
  /** Who ceased to speak still counts as a speaker. */
  afterSpeaking: 4_000,
  /** A request to unmute that nobody answers. */
  ask: 60_000,
  /** After an answer nobody is asked again at once. */
  afterAnswer: 10_000,
  /** A spotlight of a clock further ahead than this does not count: nothing newer could take its place. */
  clockAhead: 24 * 60 * 60 * 1000,
} as const

/** With more others than this, members say that they speak (D34.16), and whose sound is taken goes by what they say. */
export const manyFrom = 12
