/** Runs what people do together (packages/collab) beside the call: gives it the roster and the words, and says what it wants said. */

import { run, type Fact, type InView } from "@conclave/call"
import {
  gatheringMachine,
  nobody,
  noState,
  viewOf,
  type Gathering as Table,
  type GatheringView,
  type Input,
  type Output,
  type State,
} from "@conclave/collab"
import type { MemberId } from "@conclave/wire"
import type { NewsView } from "../view/call.ts"

export interface GatheringEvents {
  /** For the call machine. */
  say(fact: Fact): void
  /** Something that a view shows has changed. */
  changed(): void
  tell(what: NewsView["what"]): void
}

/** An input without its time. */
type Act = Input extends infer Each ? (Each extends Input ? Omit<Each, "now"> : never) : never

export class Gathering {
  readonly #events: GatheringEvents
  readonly #feed: (input: Input) => void
  #state: Table = nobody
  #roster: InView["members"] = []
  #asker: MemberId | undefined
  /** Somebody has been on the roster before this turn. */
  #wasHere = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `own`: what the call machine says of this device from the beginning on (own-state.ts). */
  constructor(events: GatheringEvents, own: State = noState) {
    this.#events = events
    this.#feed = run<Table, Input, Output>(gatheringMachine(own), {
      perform: (output) => {
        this.#perform(output)
      },
      witness: (_, __, state) => {
        this.#turned(state)
      },
    })
  }

  get view(): GatheringView {
    return viewOf(this.#state)
  }

  /** Who asks this person to unmute; until it is answered, or the asker may not ask any more (L34). */
  get asker(): MemberId | undefined {
    return this.#asker
  }

  /** The call as it is now. */
  heed({ members }: InView): void {
    if (isSame(this.#roster, members)) return
    this.#roster = members
    this.act({
      type: "roster",
      members: members.map(({ member, isSelf, role, state, person }) => ({
        member,
        isSelf,
        isModerator: role === "host" || role === "co-host",
        // Nothing of whoever has no proved name is shown (D23).
        state: person === undefined ? undefined : state,
      })),
    })
    if (!members.some(({ member, role }) => member === this.#asker && isModerator(role))) this.#asker = undefined
  }

  hear(from: MemberId, body: string): void {
    this.act({ type: "word", from, body })
  }

  act(act: Act): void {
    this.#feed({ ...act, now: Date.now() })
  }

  /** This person's answer: the question goes either way. */
  answered(): void {
    if (this.#asker === undefined) return
    this.#asker = undefined
    this.act({ type: "unmute-answered" })
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #perform(output: Output): void {
    switch (output.do) {
      case "say-word":
        this.#events.say({ type: "word-said", body: output.body })
        return
      case "say-state":
        this.#events.say({ type: "state-changed", state: output.state })
        return
      case "wake":
        clearTimeout(this.#timer)
        this.#timer = setTimeout(() => this.act({ type: "clock" }), Math.max(0, output.at - Date.now()))
        return
      case "lower-own-hand":
        this.#events.tell({ kind: "hand-lowered" })
    }
  }

  #turned(state: Table): void {
    const before = this.view
    this.#state = state
    const now = this.view
    this.#asker = now.unmuteAsked?.by ?? this.#asker
    // Whoever comes in is not told of the hands that were up before.
    const isNew = before.hands.length < now.hands.length && this.#wasHere
    for (const member of isNew ? now.hands.filter((hand) => !before.hands.includes(hand)) : []) this.#tellHand(member)
    this.#wasHere ||= this.#roster.length > 0
    this.#events.changed()
  }

  #tellHand(member: MemberId): void {
    const { person, isSelf = true } = this.#roster.find((each) => each.member === member) ?? {}
    if (person !== undefined && !isSelf) this.#events.tell({ kind: "hand", name: person.name })
  }
}

const isModerator = (role: string | undefined): boolean => role === "host" || role === "co-host"

/** The machine makes a new list for each turn; mostly nothing of it concerns us. */
function isSame(before: InView["members"], now: InView["members"]): boolean {
  return (
    before.length === now.length &&
    before.every(({ member, isSelf, role, state, person }, index) => {
      const other = now[index]
      return (
        other?.member === member &&
        other.isSelf === isSelf &&
        other.role === role &&
        other.state === state &&
        other.person?.name === person?.name
      )
    })
  )
}
