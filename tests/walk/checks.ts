/** What the walk insists on. A failed check throws with its sentence; the runner adds seed and step. */

import { engineCodeOf, type ApplicationMessage, type EngineCode, type Member, type StagedCommit } from "@conclave/mls-engine"

export function check(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(`does not hold: ${sentence}`)
}

/** The engine refuses, with one of these codes. */
export function checkRefused(attempt: () => unknown, ...codes: readonly EngineCode[]): void {
  let thrown: unknown
  try {
    attempt()
  } catch (error) {
    thrown = error
  }
  check(thrown !== undefined, `refused with ${codes.join(" or ")}, but was done`)
  check(codes.includes(engineCodeOf(thrown)), `refused with ${codes.join(" or ")}, but with ${engineCodeOf(thrown)}`)
}

/** All that members of one epoch must agree on, as one text. */
export function viewOf(engine: Member): string {
  const roster = engine.roster().map(({ leaf, identity, signatureKey }) => `${leaf}:${hex(identity)}:${hex(signatureKey)}`)
  const secrets = [engine.export("walk", new Uint8Array(), 32), engine.epochAuthenticator()].map(hex)
  const hashes = [engine.groupId(), engine.treeHash(), engine.transcript(), engine.policy()].map(hex)
  return [engine.epoch(), ...roster, ...secrets, ...hashes].join(" ")
}

/** D34: who spoke is the leaf the engine verified, in the epoch it spoke in. */
export function checkSpoken(opened: StagedCommit | ApplicationMessage, said: Omit<ApplicationMessage, "kind" | "authenticatedData">): void {
  check(opened.kind === "application", "a message is a message")
  check(opened.sender === said.sender && opened.epoch === said.epoch, "a message is its sender's")
  check(hex(opened.data) === hex(said.data), "a message says what was said")
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex")
}
