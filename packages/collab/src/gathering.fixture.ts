/** People in a test: member 0 is this device's. */

import { idFrom, type MemberId } from "@conclave/wire"
import { nobody, type Gathering, type Input, type Output, type RosterMember } from "./gathering.ts"
import { printState, type State } from "./state.ts"
import { step } from "./step.ts"
import { viewOf, type GatheringView } from "./view.ts"
import { printWord, type Word } from "./word.ts"

export const idOf = (n: number): MemberId => idFrom(new Uint8Array(16).fill(n))
type Fact = Input extends infer T ? (T extends Input ? Omit<T, "now"> : never) : never

/** A gathering of members 0 to `others`; 0 and 1 are moderators unless said otherwise. */
export class Table {
  gathering: Gathering = nobody
  now = 1_763_733_316_000
  outputs: Output[] = []
  members: RosterMember[]

  constructor(others: number, moderators: readonly number[] = [0, 1]) {
    this.members = Array.from({ length: others + 1 }, (_, n) => ({
      member: idOf(n),
      isSelf: n === 0,
      isModerator: moderators.includes(n),
      state: undefined,
    }))
    this.seat()
  }

  feed(fact: Fact): Output[] {
    const [next, ...outputs] = step(this.gathering, { ...fact, now: this.now })
    this.gathering = next
    this.outputs.push(...outputs)
    return outputs.filter((output) => output.do !== "wake")
  }

  /** The roster as it is now, with some of it changed. */
  seat(n?: number, change: Partial<RosterMember> = {}): Output[] {
    this.members = this.members.map((member, i) => (i === n ? { ...member, ...change } : member))
    return this.feed({ type: "roster", members: this.members })
  }

  holds(n: number, state: State): Output[] {
    return this.seat(n, { state: printState(state) })
  }

  hears(n: number, word: Word): Output[] {
    return this.feed({ type: "word", from: idOf(n), body: printWord(word) })
  }

  /** Lets time pass, with a clock whenever one was ordered. */
  pass(ms: number): Output[] {
    const end = this.now + ms
    const seen: Output[] = []
    for (let at = this.gathering.wakeAt; at !== undefined && at <= end; at = this.gathering.wakeAt) {
      this.now = at
      seen.push(...this.feed({ type: "clock" }))
    }
    this.now = end
    return seen
  }

  get view(): GatheringView {
    return viewOf(this.gathering)
  }
}
