/**
 * `npm run prove:race -- --rounds N (3)`: twenty hosts change the rules in the same moment, each another way, so that twenty commits ask
 * for one epoch (D9). One wins; the others make theirs anew until all are done. Nobody falls out, nobody sees another history.
 */

import { setTimeout as pause } from "node:timers/promises"
import { parseArgs } from "node:util"
import type { PolicyEdit } from "@conclave/call"
import { whyApart } from "../../tests/churn/churn.ts"
import { HeadlessMember } from "../../tests/churn/headless.ts"
import { Ledger } from "../../tests/churn/ledger.ts"
import { realRoom } from "../../tests/churn/real-room.ts"
import { holds, lineOf, type Figure } from "../../tests/browser/figures.ts"
import { startServer } from "../../tests/browser/server.ts"
import { main } from "../program.ts"

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } })
const rounds = Number(values.rounds)
const racers = 20
const longestWaitMs = 120_000

/** Counts who asked for which epoch, and what the server said. */
class Race extends Ledger {
  /** Commits sent, by the epoch they ask for. */
  readonly sent = new Map<number, number>()
  refused = 0

  override heard(...[member, envelope]: Parameters<Ledger["heard"]>): void {
    super.heard(member, envelope)
    if (envelope.type === "refused" && envelope.code === "stale-epoch") this.refused++
  }

  override turned(...[member, input, outputs]: Parameters<Ledger["turned"]>): void {
    super.turned(member, input, outputs)
    for (const output of outputs)
      if (output.do === "send" && output.envelope.type === "commit")
        this.sent.set(output.envelope.epoch, (this.sent.get(output.envelope.epoch) ?? 0) + 1)
  }
}

await main(async () => {
  const server = await startServer()
  try {
    const names = Array.from({ length: racers }, (_, i) => `host ${String(i + 1)}`)
    const room = await realRoom(server.origin, names, { hosts: racers })
    const race = new Race()
    const members = names.map((name) => new HeadlessMember(name, room, race))
    for (const member of members) member.join()
    const figures: Figure[] = []
    let why = await settled(members, () => true)
    for (let round = 1; round <= rounds && why === undefined; round++) {
      const from = members[0]?.seat?.group.epoch ?? 0
      const topics = members.map(({ name }) => `${name}, round ${String(round)}`)
      // All share one processor: whoever builds first would be heard before the last has built.
      const release = members.map((member) => member.holdEars())
      members.forEach((member, i) => member.say({ type: "policy-asked", edit: { set: "topic", to: topics[i] } satisfies PolicyEdit }))
      await until(() => race.sent.get(from) === racers)
      for (const hear of release) hear()
      why = await settled(members, (epoch) => epoch >= from + racers)
      const epochs = (members[0]?.seat?.group.epoch ?? 0) - from
      figures.push(
        {
          what: `round ${String(round)}: commits that asked for one epoch`,
          value: race.sent.get(from) ?? 0,
          unit: "commits",
          atLeast: racers,
        },
        { what: `round ${String(round)}: epochs until all were done`, value: epochs, unit: "epochs", atLeast: racers, atMost: racers },
      )
    }
    const forks = race.forks()
    figures.push(
      { what: "members in one call and epoch at the end", value: why === undefined ? members.length : 0, unit: "people", atLeast: racers },
      { what: "forks", value: forks.length, unit: "epochs", atMost: 0 },
      { what: "lives that had to begin anew", value: race.joins - racers, unit: "", atMost: 0 },
      { what: "messages that did not open inside the published window", value: race.undecryptable.length, unit: "messages", atMost: 0 },
      { what: "alarms and bugs", value: race.alarms.length + room.bugs.length, unit: "", atMost: 0 },
      { what: "commits refused because another won", value: race.refused, unit: "" },
    )
    for (const figure of figures) console.log(lineOf(figure))
    for (const finding of [...(why === undefined ? [] : [why]), ...forks, ...race.alarms, ...room.bugs.map(String)])
      console.log(`BROKEN  ${finding}`)
    for (const member of members) member.crash()
    const isProven = figures.every(holds)
    console.log(isProven ? "verdict: holds" : "verdict: BROKEN")
    return isProven ? 0 : 1
  } finally {
    await server.stop()
  }
})

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + longestWaitMs / 10
  while (!isSo() && performance.now() < end) await pause(20)
}

/** Undefined as soon as all are together in an epoch that will do; else why not. */
async function settled(members: readonly HeadlessMember[], willDo: (epoch: number) => boolean): Promise<string | undefined> {
  const end = performance.now() + longestWaitMs
  for (;;) {
    const epoch = members[0]?.seat?.group.epoch ?? 0
    const why = whyApart(members) ?? (willDo(epoch) ? undefined : `epoch ${String(epoch)} is the last`)
    if (why === undefined || performance.now() > end) return why
    await pause(100)
  }
}
