/** Who was in this call and who is kept out of it (D8.12, D8.14, D17.24). The machine owns it; the engine's rules are told. */

import type { Epoch, MemberId } from "@conclave/wire"
import type { CommitEffect, GroupOrder, Leaf, Person } from "./engine-port.ts"
import { order } from "./orders.ts"
import { isSteward, roleAt, roleOf } from "./roles.ts"
import { put, type Blocked, type In, type Outgoing, type Seated, type Standing, type Turn } from "./session.ts"

/** So many devices of a call are remembered; the oldest are forgotten first and must knock again. */
const mostFormer = 2_000
const mostBlocked = 500

/** The standing of a call that this member founds, or knows nothing of yet. */
export const freshStanding = (self: Person, isKnown: boolean): Standing => ({
  isKnown,
  former: [self.device],
  blocked: [],
  isUsed: false,
  guesses: [],
})

/** D8.20: founded anew is the same call to people: who was here is let in again, who was blocked is not. */
export const carriedStanding = (carried: Standing, self: Person): Standing => ({
  ...carried,
  isKnown: true,
  former: newest([...carried.former, self.device], mostFormer),
  blocked: carried.blocked.map((each) => ({ ...each, epoch: undefined })),
})

const newest = <T>(list: readonly T[], most: number): readonly T[] => [...new Set(list)].slice(-most)

export const isBlocked = ({ standing }: In, device: string): boolean => standing.blocked.some((each) => each.device === device)

/** What an applied commit changes. `before` knows who the removed were. */
export function standingAfter(before: In, { people, removes, group }: CommitEffect): Standing {
  const { standing } = before
  const personOf = (member: MemberId): Person | undefined => before.people.find((person) => person.member === member)
  const removed = removes.flatMap(({ member, why }) => (why === "removed" || why === "organisation" ? (personOf(member) ?? []) : []))
  const isRemoved = (device: string): boolean => removed.some((person) => person.device === device)
  const replaced = removes.flatMap(({ member, why }) => (why === "returned" ? (personOf(member)?.device ?? []) : []))
  const { policy } = before.group
  // D8.15: whom the rules name came by no link.
  const isNamed = (device: string): boolean => isSteward(roleOf(policy, device))
  const isNew = ({ device }: Person): boolean => !standing.former.includes(device) && !replaced.includes(device) && !isNamed(device)
  const isNewLink = group.policy.secretVersion !== policy.secretVersion
  const former = [...standing.former, ...before.people.map(({ device }) => device), ...people.map(({ device }) => device)]
  const blocks = removed.map(({ device, name }): Blocked => ({ device, name, epoch: undefined }))
  return {
    ...standing,
    former: newest(former, mostFormer).filter((device) => !isRemoved(device) && !isKept(standing, device)),
    blocked: [...standing.blocked.filter(({ device }) => !isRemoved(device)), ...blocks].slice(-mostBlocked),
    isUsed: !isNewLink && (standing.isUsed || people.some(isNew)),
    // D18.7: a new password has been guessed at by nobody.
    guesses: group.policy.passwordVersion === policy.passwordVersion ? standing.guesses : [],
  }
}

const isKept = (standing: Standing, device: string): boolean => standing.blocked.some((each) => each.device === device)

/** The order that brings the engine's rules up to date; undefined when they are. */
export function tellStanding(session: Seated): Turn | undefined {
  const { standing, told, group } = session.stage
  // A block told in this epoch may have crossed a commit that was made without it: it counts from the next epoch on.
  const blocked = standing.blocked.filter(({ epoch }) => epoch === undefined || epoch < group.epoch).map(({ device }) => device)
  const wanted = { do: "set-standing", former: standing.former, blocked, isUsed: standing.isUsed } as const satisfies GroupOrder
  // Who knows nothing yet tells nothing: the engine then judges no return.
  if (!standing.isKnown || (told !== undefined && isSame(told, wanted))) return undefined
  return order(put(session, { told: wanted }), wanted)
}

type Told = NonNullable<In["told"]>
const isSame = (a: Told, b: Told): boolean => a.isUsed === b.isUsed && isEqual(a.former, b.former) && isEqual(a.blocked, b.blocked)
const isEqual = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((item, i) => item === b[i])

/** What whoever added somebody tells it (D17.24). */
export function standingMessage({ stage }: Seated): Outgoing {
  const { former, blocked, isUsed, guesses } = stage.standing
  const said = { kind: "standing", former, blocked: blocked.map(({ device }) => device), isUsed } as const
  return { message: guesses.length === 0 ? said : { ...said, guesses }, keep: true }
}

interface Told1724 {
  readonly former: readonly string[]
  readonly blocked: readonly string[]
  readonly isUsed: boolean
  readonly guesses?: readonly string[]
}

/** D17.24: believed from the leaf that added us, once; what we saw ourselves meanwhile stays. */
export function standingHeard(session: Seated, from: Leaf, { former, blocked, isUsed, guesses = [] }: Told1724): Seated {
  const { stage } = session
  if (stage.standing.isKnown || stage.addedBy !== from) return session
  const own = stage.standing
  const kept = [...new Set(blocked)]
    .filter((device) => !isKept(own, device))
    .map((device): Blocked => ({ device, name: undefined, epoch: undefined }))
  const standing: Standing = {
    isKnown: true,
    former: newest([...former, ...own.former], mostFormer).filter((device) => !isKept(own, device) && !blocked.includes(device)),
    blocked: [...kept, ...own.blocked].slice(-mostBlocked),
    isUsed: isUsed || own.isUsed,
    guesses: [...guesses, ...own.guesses],
  }
  return put(session, { standing, addedBy: undefined })
}

/** D17.24: blocks are told by hosts and co-hosts; from others they are ignored. */
export const blockHeard = (
  session: Seated,
  from: Leaf,
  said: { readonly devices: readonly string[]; readonly isBlocked: boolean },
): Seated =>
  isSteward(roleAt(session, from)) ? said.devices.reduce((next, device) => setBlock(next, device, said.isBlocked), session) : session

/** Blocks a device, or lets it knock again. */
export function setBlock(session: Seated, device: string, isToBeBlocked: boolean): Seated {
  const { stage } = session
  const { standing, candidates, group } = stage
  const others = standing.blocked.filter((each) => each.device !== device)
  if (!isToBeBlocked) return put(session, { standing: { ...standing, blocked: others } })
  if (isBlocked(stage, device) || stage.self.device === device) return session
  const name = candidates.find(({ person }) => person?.device === device)?.person?.name
  const entry: Blocked = { device, name, epoch: group.epoch satisfies Epoch }
  return put(session, {
    standing: { ...standing, blocked: [...others, entry].slice(-mostBlocked), former: standing.former.filter((each) => each !== device) },
    candidates: candidates.filter(({ person }) => person?.device !== device),
    admitted: stage.admitted.filter((each) => each.device !== device),
  })
}
