/** One turn: what happened in, the next gathering and what is to be said out. Total, and without a clock of its own. */

import {
  ageOf,
  nobody,
  seatOf,
  selfOf,
  type Gathering,
  type Input,
  type Output,
  type RosterMember,
  type Seat,
  type Turn,
} from "./gathering.ts"
import { isHeard, sayingDue, sayWhetherSpeaking, voiceEnd, voiceHeard } from "./speaking.ts"
import { spans } from "./spans.ts"
import { latest, noState, parseState, printState, type State } from "./state.ts"
import { newestSpotlight } from "./view.ts"
import { parseWord, printWord, type Word } from "./word.ts"

/** For `run` of the call package, or any like it. `own` is what this person's device says of itself from its first heartbeat on. */
export const gatheringMachine = (own: State = noState) => ({ start: { ...nobody, own }, step })

export function step(gathering: Gathering, input: Input): Turn {
  const [heard, ...said] = hear({ ...gathering, now: input.now }, input)
  const [spoken, ...words] = sayWhetherSpeaking(faded(heard))
  return wake(spoken, [...said, ...words])
}

function hear(gathering: Gathering, input: Input): Turn {
  switch (input.type) {
    case "roster":
      return roster(gathering, input.members)
    case "word":
      return wordHeard(gathering, input.from, parseWord(input.body))
    case "hand":
      return raise(gathering, input.isUp)
    case "react":
      return react(gathering, input.what)
    case "ask-unmute":
      return [gathering, ...toOther(gathering, input.member, { kind: "ask-unmute", to: input.member })]
    case "unmute-answered":
      return [{ ...gathering, ask: undefined, answeredAt: gathering.now }]
    case "lower-hand":
      if (seatOf(gathering, input.member)?.isSelf === true) return raise(gathering, false)
      return [gathering, ...toOther(gathering, input.member, { kind: "lower-hand", of: input.member })]
    case "spotlight":
      return putBeforeAll(gathering, input.member)
    case "own-speaking":
      return [{ ...gathering, mouth: { ...gathering.mouth, isOpen: input.is } }]
    case "clock":
      return [gathering]
  }
}

/** Who is here, and what each of them says of itself. Of whoever has gone nothing stays. */
function roster(gathering: Gathering, members: readonly RosterMember[]): Turn {
  const before = new Map(gathering.seats.map((seat) => [seat.member, seat]))
  const seats = members.map((member): Seat => {
    const known = before.get(member.member)
    const said = known?.state === member.state ? known?.said : parseState(member.state ?? "")
    return { ...member, said: said ?? noState }
  })
  const moderators = new Map(seats.map(({ member, isModerator }) => [member, isModerator]))
  const { ask } = gathering
  const here: Gathering = {
    ...gathering,
    seats,
    reactions: gathering.reactions.filter(({ member }) => moderators.has(member)),
    voices: gathering.voices.filter(({ member }) => moderators.has(member)),
    ask: ask !== undefined && moderators.get(ask.by) === true ? ask : undefined,
  }
  // Who is no host any more takes its spotlight along: else it would count again one day.
  const isOver = here.own.spotlight !== undefined && selfOf(here)?.isModerator === false
  return isOver ? hold(here, { ...here.own, spotlight: undefined }) : [here]
}

function wordHeard(gathering: Gathering, from: Seat["member"], word: Word | undefined): Turn {
  const seat = seatOf(gathering, from)
  if (word === undefined || seat === undefined || seat.isSelf) return [gathering]
  const self = selfOf(gathering)?.member
  switch (word.kind) {
    case "reaction":
      return [shown(gathering, from, word.what)]
    case "speaking":
      return [voiceHeard(gathering, from, word.is)]
    case "ask-unmute": {
      const isFree = ageOf(gathering, gathering.answeredAt) >= spans.afterAnswer
      return [seat.isModerator && word.to === self && isFree ? { ...gathering, ask: { by: from, at: gathering.now } } : gathering]
    }
    case "lower-hand": {
      if (!seat.isModerator || word.of !== self || gathering.own.hand === undefined) return [gathering]
      const [lowered, ...said] = raise(gathering, false)
      return [lowered, ...said, { do: "lower-own-hand" }]
    }
  }
}

/** A person's own state; said only when it has changed. */
function hold(gathering: Gathering, { hand, spotlight, vp9 }: { readonly [K in keyof State]: State[K] | undefined }): Turn {
  const own: State = { ...(hand !== undefined && { hand }), ...(spotlight && { spotlight }), ...(vp9 && { vp9 }) }
  const state = printState(own)
  return state === printState(gathering.own)
    ? [gathering]
    : [
        { ...gathering, own },
        { do: "say-state", state },
      ]
}

function raise(gathering: Gathering, isUp: boolean): Turn {
  const { own } = gathering
  return hold(gathering, { ...own, hand: isUp ? (own.hand ?? dateOf(gathering.now)) : undefined })
}

const dateOf = (now: number): number => Math.min(latest, Math.max(0, Math.trunc(now)))

function react(gathering: Gathering, what: Extract<Word, { kind: "reaction" }>["what"]): Turn {
  const self = selfOf(gathering)
  if (self === undefined || ageOf(gathering, gathering.reactedAt) < spans.betweenReactions) return [gathering]
  const next = { ...shown(gathering, self.member, what), reactedAt: gathering.now }
  return [next, { do: "say-word", body: printWord({ kind: "reaction", what }) }]
}

function shown(gathering: Gathering, member: Seat["member"], what: Gathering["reactions"][number]["what"]): Gathering {
  const id = gathering.count + 1
  const others = gathering.reactions.filter((each) => each.member !== member)
  return { ...gathering, count: id, reactions: [...others, { member, id, what, at: gathering.now }] }
}

/** What only a host or co-host says, to somebody who is here. */
function toOther(gathering: Gathering, member: Seat["member"], word: Word): Output[] {
  const isTheirs = selfOf(gathering)?.isModerator === true && seatOf(gathering, member)?.isSelf === false
  return isTheirs ? [{ do: "say-word", body: printWord(word) }] : []
}

function putBeforeAll(gathering: Gathering, member: Seat["member"] | undefined): Turn {
  if (selfOf(gathering)?.isModerator !== true || (member !== undefined && seatOf(gathering, member) === undefined)) return [gathering]
  // Clocks differ: what is said now is newer than whatever was said before.
  const at = Math.max(dateOf(gathering.now), (newestSpotlight(gathering)?.at ?? -1) + 1)
  return hold(gathering, { ...gathering.own, spotlight: { at, member: member ?? null } })
}

/** Without what has had its time. */
function faded(gathering: Gathering): Gathering {
  const { reactions, ask } = gathering
  return {
    ...gathering,
    reactions: reactions.filter(({ at }) => ageOf(gathering, at) < spans.reaction),
    ask: ask !== undefined && ageOf(gathering, ask.at) < spans.ask ? ask : undefined,
  }
}

/** Orders the next wake-up, if it is another than before. */
function wake(gathering: Gathering, outputs: readonly Output[]): Turn {
  const { reactions, voices, ask, now, wakeAt } = gathering
  const dues = [
    ...reactions.map(({ at }) => at + spans.reaction),
    ...voices.filter((voice) => isHeard(gathering, voice)).map(voiceEnd),
    ...(ask === undefined ? [] : [ask.at + spans.ask]),
    sayingDue(gathering) ?? Infinity,
  ]
  const at = Math.min(Infinity, ...dues)
  if (at === Infinity) return [{ ...gathering, wakeAt: undefined }, ...outputs]
  // Only a clock that was set back leaves something due: it is looked at again soon.
  const next = at <= now ? now + spans.betweenSpeaking : at
  return wakeAt === next && wakeAt > now ? [gathering, ...outputs] : [{ ...gathering, wakeAt: next }, ...outputs, { do: "wake", at: next }]
}
