/** Who appears in tests. Eve is not invited. */

export const names = [
  "ada",
  "ben",
  "cleo",
  "dan",
  "fay",
  "gus",
  "hal",
  "ivy",
  "jon",
  "kim",
  "leo",
  "mia",
  "ned",
  "ola",
  "pia",
  "quin",
  "ros",
  "sam",
  "tea",
  "uma",
] as const

export const ada = "ada"
export const ben = "ben"
export const cleo = "cleo"
export const dan = "dan"
export const eve = "eve"
