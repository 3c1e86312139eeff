/** What must be true of every run. Each gives the sentence that is false, or undefined. */

import type { Session } from "@conclave/call"
import { deriveEpochs, firstTranscript, roleUnder, secretMark, transcriptAfter, type SimMember, type World } from "@conclave/testkit"
import { toBase64url } from "@conclave/wire"

type In = Extract<Session["stage"], { phase: "in" }>

const seatOf = ({ session }: SimMember): In | undefined => (session.stage.phase === "in" ? session.stage : undefined)

/** All who want to be in are in one epoch, know each other by name, and nobody else is there. */
export function whyNotTogether(world: World): string | undefined {
  const wanting = world.members.filter((member) => member.wantsIn)
  const seats = wanting.map((member) => ({ name: member.name, member, seat: seatOf(member) }))
  const outside = seats.find(({ seat }) => seat === undefined)
  if (outside !== undefined) return `${outside.name} is not in: ${outside.member.session.stage.phase}`
  const first = seats[0]?.seat
  if (first === undefined) return undefined
  for (const { name, member, seat } of seats) {
    if (seat === undefined) continue
    if (seat.call !== first.call) return `${name} is in another call`
    if (seat.group.epoch !== first.group.epoch || seat.group.transcript !== first.group.transcript) return `${name} is in another epoch`
    if (member.session.socket.state !== "ready") return `${name} has no socket`
    if (seat.group.members.length !== wanting.length) return `${name} sees ${String(seat.group.members.length)} leaves`
    const strangers = seat.group.members.filter(({ member: id }) => !seat.people.some((person) => person.member === id))
    if (strangers.length > 0) return `${name} does not know everybody`
    if (
      seat.people
        .map((person) => person.name)
        .sort()
        .join() !==
      wanting
        .map((each) => each.name)
        .sort()
        .join()
    )
      return `${name} knows the wrong people`
    // D4.13: a listener sends nothing, which is no alarm.
    const isListener = roleUnder(seat.group.policy, seat.self.device) === "listener"
    if ((!isListener && (seat.isPaused || member.isPaused)) || seat.alarm !== undefined) return `${name} is paused`
    // D33: a group that is left by all but one is over.
    if (seat.group.members.length === 1 && hadOthers(world, seat.call)) return `${name} goes on alone`
    if (seat.pending !== undefined || seat.inbox.length > 0) return `${name} is busy`
  }
  return undefined
}

/** Whether anybody ever came to this call besides its founder. */
const hadOthers = (world: World, call: string): boolean =>
  world.server.rows.some((row) => row.row === "entry" && row.call === call && row.entry.type === "commit" && row.entry.adds.length > 0)

/** No model engine ever entered an epoch by a commit that is not in the log at that epoch (D9.33, D9.34). */
function whoWentAstray(world: World): string | undefined {
  const logged = new Set<string>()
  const chains = new Map<string, Map<number, string>>()
  for (const row of world.server.rows) {
    if (row.row === "call") {
      chains.set(row.call, new Map([[0, firstTranscript(row.call)]]))
      logged.add(firstTranscript(row.call))
    }
    if (row.row !== "entry" || row.entry.type !== "commit") continue
    const chain = chains.get(row.call)
    const next = transcriptAfter(chain?.get(row.entry.epoch) ?? "", row.entry.commit)
    chain?.set(row.entry.epoch + 1, next)
    logged.add(next)
  }
  // Who founds is in its group before the server knows of the call.
  const stray = world.epochs.find(({ view }) => view.epoch > 0 && !logged.has(view.transcript))
  return stray && `somebody entered epoch ${String(stray.view.epoch)} by a commit the log does not hold`
}

/** One history: an epoch of a call has one commit that holds, and whoever is in the call got there by exactly those. */
export function whyNotOneHistory(world: World): string | undefined {
  const commits = new Map<string, number>()
  const entries = world.server.rows.flatMap((row) => (row.row === "entry" ? [{ call: row.call, entry: row.entry }] : []))
  const isVoid = (call: string, seq: number): boolean =>
    entries.some(({ call: other, entry }) => other === call && entry.type === "void" && entry.of === seq)
  for (const { call, entry } of entries) {
    if (entry.type !== "commit" || isVoid(call, entry.seq)) continue
    const key = `${call} ${String(entry.epoch)}`
    if (commits.has(key)) return `two commits hold in epoch ${String(entry.epoch)}`
    commits.set(key, entry.seq)
  }
  const astray = whoWentAstray(world)
  if (astray !== undefined) return astray
  const transcripts = new Map<string, string>()
  for (const member of world.members) {
    for (const { epoch, transcript } of seatOf(member)?.past ?? []) {
      const key = `${seatOf(member)?.call ?? ""} ${String(epoch)}`
      const known = transcripts.get(key)
      if (known !== undefined && known !== transcript) return `${member.name} has another history at epoch ${String(epoch)}`
      transcripts.set(key, transcript)
    }
  }
  return undefined
}

/**
 * Nobody learns the secret of an epoch it was not in: not of a later one after its removal, not of an earlier one
 * than its joining, with all it ever held, the link, and every byte that ever was on a wire.
 */
export function whoKnowsTooMuch(world: World): string | undefined {
  const reached = new Map(world.epochs.map((epoch) => [epoch.secret, epoch.view]))
  for (const life of world.lives) {
    const known = world.vault.closure([...life.secrets, world.link.knock, world.link.psk], deriveEpochs)
    for (const [secret, view] of reached) {
      const wasIn = view.call === life.call && view.members.some(({ member }) => member === life.member)
      if (!wasIn && known.has(secret)) return `${life.member} can compute epoch ${String(view.epoch)} without having been in it`
    }
  }
  return undefined
}

/** No secret in what the server holds or stored, nor in what machines hold, heard, ordered and wrote into traces. */
export function whereSecretsLeak(world: World): string | undefined {
  const { server, members } = world
  const places: [string, string][] = [
    ["the server's state", textOf(server.room)],
    ["the server's store", textOf(server.rows)],
    ...members.map((member): [string, string] => [`the state of ${member.name}`, textOf(member.session)]),
    ...members.map((member): [string, string] => [`the trace of ${member.name}`, member.trace.join("\n")]),
  ]
  const leak = places.find(([, text]) => text.includes(secretMark))
  if (leak !== undefined) return `a secret is in ${leak[0]}`
  // The server and the traces must not have what opens the door either.
  const access = members.map(({ session }) => session.wish?.access).find((token) => token !== undefined)
  const doors =
    access === undefined ? [] : places.filter(([name, text]) => !name.startsWith("the state of") && text.includes(toBase64url(access)))
  return doors[0] === undefined ? undefined : `the access token is in ${doors[0][0]}`
}

/** A value as text, bytes both as base64url and as the letters they may be. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => {
    if (item instanceof Uint8Array) return { bytes: toBase64url(item), text: String.fromCharCode(...item) }
    if (item instanceof Map) return [...(item as Map<unknown, unknown>)]
    return item instanceof Set ? [...(item as Set<unknown>)] : item
  })
