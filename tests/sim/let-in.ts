/**
 * Nobody is in the group whom the rules did not let in: every commit that an honest engine applied is held against what
 * people clicked, who was here before, and the rules in force. It knows everything, and shares no code with machine or engines.
 */

import { roleUnder, type ModelEpoch, type ModelStep, type World } from "@conclave/testkit"

/** The sentence that is false, or undefined. */
export function whoWasNotLetIn(world: World): string | undefined {
  const wereHere = new Set<string>()
  const thrownOut = new Set<string>()
  for (const { view, step } of inOrder(world.epochs)) {
    if (step === undefined) {
      // A founder; or the committer was gone before it saw its own commit, and only those it added know of the epoch.
      for (const { member } of view.members) wereHere.add(nameOf(world, member) ?? "")
      continue
    }
    for (const person of step.note.adds) {
      const isBack = wereHere.has(person.name) && !thrownOut.has(person.name)
      const wrong = isBack ? undefined : whyNotNew(world, step, person)
      if (wrong !== undefined) return `${person.name} was added in epoch ${String(view.epoch)} although ${wrong}`
      wereHere.add(person.name)
      thrownOut.delete(person.name)
    }
    for (const [i, { why }] of step.note.removes.entries()) {
      if (why !== "removed") continue
      if (!isSteward(step)) return `${step.by?.name ?? "somebody"} removed somebody without being a host`
      const name = step.removed[i]?.name
      if (name !== undefined) thrownOut.add(name)
    }
  }
  return undefined
}

/** Each commit once, as it happened. */
function inOrder(epochs: readonly ModelEpoch[]): ModelEpoch[] {
  const seen = new Map<string, ModelEpoch>()
  for (const epoch of epochs.filter(({ isHonest }) => isHonest)) {
    const key = `${epoch.view.call} ${epoch.view.transcript}`
    const known = seen.get(key)
    // A joiner enters the epoch as well, but does not see what led to it; somebody new may not know who committed.
    const isBetter = known?.step === undefined ? epoch.step !== undefined : known.step.by === undefined && epoch.step?.by !== undefined
    if (known === undefined || isBetter) seen.set(key, epoch)
  }
  return [...seen.values()].sort((a, b) => (a.step?.at ?? 0) - (b.step?.at ?? 0))
}

const nameOf = (world: World, member: string): string | undefined => [...world.lives].find((life) => life.member === member)?.name

const isSteward = ({ by, policy }: ModelStep): boolean => by !== undefined && ["host", "co-host"].includes(roleUnder(policy, by.device))

function whyNotNew(
  world: World,
  { policy, at, by }: ModelStep,
  person: { readonly device: string; readonly level: string },
): string | undefined {
  if (["host", "co-host"].includes(roleUnder(policy, person.device))) return undefined
  if (policy.isLocked) return "the call was locked"
  if (policy.expiry !== undefined && at > policy.expiry + 60_000) return "the link had expired"
  if (policy.minimumLevel === "organisation" && person.level !== "organisation") return "guests are not let in"
  if (!policy.waitingRoom) return undefined
  const clicks = world.admissions.filter((click) => click.device === person.device && click.at <= at)
  return clicks.some((click) => click.by === by?.device) ? undefined : "no host let it in"
}
