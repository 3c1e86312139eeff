/** Ids of rules and attacks, as they stand in documents and at the start of test names. */

const id = "[A-Z]\\d+(?:\\.\\d+)*"
const beginning = new RegExp(`^(${id}(?:(?:, | and | )${id})*):`)
const anyId = new RegExp(id, "g")

/** The ids that a test's name begins with: `D7, A1.13: a reinit is refused` has two, `frames: …` none. */
export function idsOf(testName: string): readonly string[] {
  return beginning.exec(testName)?.[1]?.match(anyId) ?? []
}

/** All ids in a piece of text, such as the last cell of a table's row. */
export const idsWithin = (text: string): readonly string[] => text.match(new RegExp(`\\b${id}\\b`, "g")) ?? []

/** Whether one id makes another more precise: `D9.2` does so for `D9`, and every id for itself. */
export const isPartOf = (part: string, whole: string): boolean => part === whole || part.startsWith(`${whole}.`)
