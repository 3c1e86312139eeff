/** Members for the engine's tests. Never deliver what these make: their pseudonyms are numbers. */

import type { ApplicationMessage, CommitMade, EngineCode, EngineModule, Member, StagedCommit } from "./index.ts"
import { engineCodeOf } from "./index.ts"
import { loadEngineFromDisk } from "./node.ts"

export const nowSeconds = Math.floor(Date.now() / 1000)
export const hour = 3600
export const nothing = new Uint8Array()
export const policy = new TextEncoder().encode("policy 1")
export const pskId = new TextEncoder().encode("psk 1")
export const groupId = new Uint8Array(16).fill(0xaa)

let module: EngineModule | undefined

/** The engine, started once for a test file. */
export async function engine(): Promise<EngineModule> {
  return (module ??= await loadEngineFromDisk())
}

/** 16 bytes that say a number. */
export function identity(number: number): Uint8Array {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setUint32(12, number)
  return bytes
}

export interface Life {
  readonly from?: number
  readonly seconds?: number
}

/** A member that knows the PSK and is in no group. */
export async function person(number: number, { from = nowSeconds, seconds = 12 * hour }: Life = {}): Promise<Member> {
  const { Member } = await engine()
  const member = new Member(identity(number), from, seconds)
  member.storePsk(pskId, new Uint8Array(32).fill(7))
  return member
}

/** People 1, 2, … in one group; the first founded it and added the others in one commit. */
export async function meeting(size: number): Promise<Member[]> {
  const founder = await person(1)
  founder.create(groupId, policy)
  const joiners = await Promise.all(Array.from({ length: size - 1 }, (_, index) => person(index + 2)))
  if (joiners.length > 0) admit(founder, joiners)
  return [founder, ...joiners]
}

/** Adds the joiners by one commit that nobody but its maker sees. */
export function admit(by: Member, joiners: readonly Member[]): CommitMade {
  const made = by.commit({ adds: joiners.map((joiner) => joiner.keyPackage()), psk: pskId })
  by.mergeCommit()
  joiners.forEach((joiner, index) => {
    joiner.join(made.welcomes[index] ?? nothing, made.tree ?? nothing)
    joiner.acceptJoin()
  })
  return made
}

/** Has a member stage and accept a commit; what it said of it. */
export function apply(member: Member, commit: Uint8Array): StagedCommit {
  const staged = stagedBy(member, commit)
  member.accept()
  return staged
}

export function stagedBy(member: Member, commit: Uint8Array): StagedCommit {
  const opened = member.process(commit)
  if (opened.kind !== "commit") throw new Error("bug: not a commit")
  return opened
}

export function openedBy(member: Member, message: Uint8Array): ApplicationMessage {
  const opened = member.process(message)
  if (opened.kind !== "application") throw new Error("bug: not a message")
  return opened
}

/** The code a call was refused with; `done` when it was not. */
export function codeOf(call: () => unknown): EngineCode | "done" {
  try {
    call()
    return "done"
  } catch (thrown) {
    return engineCodeOf(thrown)
  }
}

export function secretOf(member: Member): string {
  return Buffer.from(member.export("test", nothing, 32)).toString("hex")
}

export function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("bug: nothing there")
  return value
}
