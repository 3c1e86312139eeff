/** What people are told of a change: who came, who went and on whose word, who came back. */

import type { Removal, RemoveReason } from "./engine-port.ts"
import { notify, put, type Gone, type News, type NewNotice, type Peer, type Seated, type Session } from "./session.ts"
import { timings } from "./timings.ts"

/** How a peer went, by the reason in the commit (D8.13), which the engine's rules have checked. */
export function goneOf({ stage }: Seated, { member, leaf }: Peer, removes: readonly Removal[]): Gone {
  const why = removes.find((removal) => removal.leaf === leaf)?.why
  return { member, person: stage.people.find((person) => person.member === member), how: hows[why ?? "removed"] }
}

const hows: Record<RemoveReason, Gone["how"]> = {
  left: "left",
  silent: "lost",
  removed: "removed",
  returned: "lost",
  ended: "left",
  organisation: "removed-by-organisation",
}

/**
 * Tells what can be told. D11.24: whether a newcomer is somebody who came back shows only with its name, which the
 * committer sends right after; until then, three seconds at most, the news waits.
 */
export function tellNews(session: Seated, isUrgent = false): Seated {
  const { news, people } = session.stage
  const isKnown = (member: News["added"][number]): boolean => people.some((person) => person.member === member)
  const isRipe = (each: News): boolean => isUrgent || session.now - each.at >= timings.askAfter || each.added.every(isKnown)
  const told = news.filter(isRipe).reduce<Session>((before, each) => noticesOf(session, each).reduce(notify, before), session) as Seated
  return put(told, { news: news.filter((each) => !isRipe(each)) })
}

function noticesOf({ stage }: Seated, { added, gone, by }: News): NewNotice[] {
  const newcomers = added.map((member) => ({ member, person: stage.people.find((person) => person.member === member) }))
  const isSame = (one: Gone, device: string | undefined): boolean => one.person !== undefined && one.person.device === device
  const went = gone
    .filter((one) => !newcomers.some(({ person }) => isSame(one, person?.device)))
    .map(({ member, person, how }): NewNotice => (how === "removed" ? { kind: how, member, person, by } : { kind: how, member, person }))
  const came = newcomers.map(({ member, person }): NewNotice => {
    const isBack = gone.some((one) => isSame(one, person?.device))
    return { kind: isBack ? "returned" : "came", member, person }
  })
  return [...went, ...came]
}
