/**
 * How often each attack is tried: the one place that says so. Reduced in `npm test`; the catalogue's full numbers by
 * `npm run prove:attacks -- --full`, which sets CONCLAVE_ATTACKS.
 */

const isFull = process.env["CONCLAVE_ATTACKS"] === "full"

const tries = (reduced: number, full: number): number => (isFull ? full : reduced)

export const counts = {
  /** A1.01: tries of each way to bring a ghost in. */
  ghosts: tries(3, 200),
  /** A1.01: calls into whose log commits are forged. */
  forgedLogs: tries(6, 200),
  /** A1.03, A1.04: tries of each way to swap a key package. */
  packages: tries(3, 50),
  /** A1.05: calls in which one member is kept from one commit. */
  withheld: tries(20, 200),
  /** A1.06: epochs, each commit of which is replayed in every later one. */
  replayedEpochs: tries(12, 50),
  /** A1.07: random orders beside every order of five. */
  orders: tries(40, 1_000),
  /** A1.08: calls that are forked, on the model and on the real engine. */
  forks: tries(20, 200),
  realForks: tries(1, 20),
  /** A1.09, A1.18: calls whose server forgets, or parts them. */
  rollBacks: tries(20, 100),
  partitions: tries(20, 100),
  /** A1.11: commits that one member cannot open. */
  spoiltCommits: tries(20, 100),
  /** A1.12: every how-manieth byte and length of a commit is bent. */
  bentStep: isFull ? 1 : 61,
  /** A1.13: random proposal types beside every registered one. */
  proposalTypes: tries(40, 2_000),
  /** A1.14: late messages and late frames of a removed member. */
  lateWords: tries(100, 1_000),
  /** A1.15: copies of what others said. */
  echoes: tries(40, 1_000),
  /** A1.19: group states whose codes are compared. */
  codes: tries(5_000, 100_000),
  /** Attacks on the room's rules: members, seeds. */
  ruleSeeds: tries(3, 50),

  /** A2.01, A2.12: frames in clear. */
  clearFrames: tries(400, 10_000),
  /** A2.02: bytes whose disorder is measured. */
  measuredBytes: tries(200_000, 4_000_000),
  /** A2.02, in browsers: bytes an outsider receives before its pictures are counted; a call of test films sends some 10 kB a second. */
  eavesdroppedBytes: tries(30_000, 100_000),
  /** A2.03: frames that come again. */
  replayedFrames: tries(1_500, 10_000),
  /** A2.07: frames of which every bit is turned, and random changes beside. */
  flippedFrames: tries(6, 200),
  randomFlips: tries(20_000, 1_000_000),
  /** A2.08: frames that are cut at every length. */
  cutFrames: tries(20, 500),
  /** A2.09: simulated minutes of chaos. */
  chaosMinutes: tries(3, 30),
  /** A2.11: frames that are valid under two keys. */
  doubleFrames: tries(10, 500),
  /** A2.13: bad frames before a good one. */
  garbageFrames: tries(4_000, 100_000),
  /** A2.15: frames of a member with bent codec bytes behind a valid tag. */
  bentFrames: tries(1_500, 100_000),
  /** The same, through a real decoder: eighty come in a second. */
  bentFramesDecoded: tries(200, 20_000),
} as const
