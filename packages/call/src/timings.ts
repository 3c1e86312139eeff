/** Every duration of a call, in milliseconds, and where each comes from. Knows no clock. */

export const timings = {
  /** D13: how often a member says that it is there. */
  heartbeat: 10_000,
  /** D13: at most ten heartbeats a second in a call: with more members each speaks more rarely. */
  heartbeatShare: 100,
  /** D13: silent for so many heartbeats, and a sender removes the member. */
  silentBeats: 3,
  /** D14: silent for so many heartbeats, and anybody does. */
  vanishedBeats: 6,
  /** D13: a removal that takes longer than this stops the sender. */
  removalGrace: 10_000,
  /** D13.3: among several senders the nearest leaf goes first, the others this much later each. */
  silentStagger: 250,
  /** D14.2: the same for a vanished member. */
  vanishedStagger: 2_000,
  /** The same for a member that said goodbye. */
  leaveStagger: 1_500,
  /** D12: an empty commit by each member, and at most one a second in a call. */
  heal: 300_000,
  healGap: 1_000,
  /** D17: how long a newcomer waits for the names before it asks, and between two asks. */
  askAfter: 3_000,
  askAgain: 5_000,
  answerStagger: 400,
  /** A handshake step with the server takes no longer, or the socket counts as dead. */
  answer: 10_000,
  /** A knock is good for two minutes (D17); a new one is made well before. */
  knock: 45_000,
  /** With others in the call something arrives every heartbeat; after this silence the socket is taken for dead. */
  deaf: 25_000,
  /** A nomination that led nowhere. */
  candidate: 10_000,
  /** Who waits for a person's word knocks anew every 45 s; without a fresh knock it is gone. */
  atDoor: 60_000,
  /** How long a person's yes holds for somebody whose knock is under way. */
  admission: 120_000,
  /** D18.7: a knocker that was answered proves the password within this time, or it was a guess. */
  guess: 20_000,
  /** D8.13: heard again after a silence of two periods, a leaf may still be removed by a commit made before. */
  backGrace: 15_000,
  /** Who does not know everybody's name lets nobody in; later than this it takes what it knows for all. */
  newness: 10_000,
  /** Whoever added us has told us who was here by then, or will not. */
  standing: 30_000,
  /** D3.10.3: a commit that no other member can apply is void two seconds later (D9.6); the server must not have its policy by then. */
  roomChange: 3_000,
  /** D4.14: how often who waits for a host asks by itself. */
  hostWait: 60_000,
  /** After a refusal, so that a server that always refuses is not asked in a circle. */
  hold: 1_000,
  /** How long a leaver waits for the server to have its goodbye. */
  goodbye: 2_000,
  /** A wake-up this late means the machine slept: silence during it counts for nobody (D14). */
  leap: 5_000,
  pulse: 10_000,
  /** Out of reach for this long shortly before a removal: we vanished, nobody threw us out. */
  outage: 15_000,
  outageRecent: 90_000,
  /** In the call for this long, and earlier failures are forgotten. */
  steady: 30_000,
} as const

/** Waits between two tries at a socket. The last one repeats. */
const backOffs = [500, 1_000, 2_000, 4_000, 5_000] as const

export const backOff = (failures: number): number => backOffs[Math.min(failures, backOffs.length - 1)] ?? 5_000

/** Joins that fail in a row before the machine gives up. */
export const mostTries = 8

/** How often each of so many members beats (D13). */
export const beatPeriod = (members: number): number => Math.max(timings.heartbeat, members * timings.heartbeatShare)

/** How long each of so many members may be silent before a sender removes it (D13). Shown to people. */
export const silenceWindow = (members: number): number => timings.silentBeats * beatPeriod(members)

/** How long before anybody may (D14). */
export const vanishWindow = (members: number): number => timings.vanishedBeats * beatPeriod(members)

/** How often each of so many members heals (D12). */
export const healPeriod = (members: number): number => Math.max(timings.heal, members * timings.healGap)
