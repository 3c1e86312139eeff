/** `npm run sim -- --seed 42 [--people 8]`: plays one simulated call and tells its story. `--from 1 --to 5000` plays many, `--real` on the real engine, `--scene all` the scenes. */

import { parseArgs } from "node:util"
import { names } from "@conclave/testkit"
import { play, type Rules } from "./play.ts"
import * as door from "./scenes/door.ts"
import * as liveness from "./scenes/liveness.ts"
import * as roles from "./scenes/roles.ts"
import { playOn } from "./scenes/scene.ts"
import * as together from "./scenes/together.ts"
import { realHouse, type RealHouse } from "./real-engine.ts"

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    people: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    brief: { type: "boolean" },
    real: { type: "boolean" },
    scene: { type: "string" },
  },
})
const people = values.people === undefined ? undefined : Number(values.people)
let house: RealHouse | undefined
const engine = values.real === true ? { house: async (rules: Rules | undefined) => (house = await realHouse(names, rules)) } : undefined
const tell = (line: string): void => void process.stdout.write(`${line}\n`)

async function many(from: number, to: number): Promise<void> {
  const failed: number[] = []
  const begun = Date.now()
  let longest = 0
  for (let seed = from; seed <= to; seed++) {
    const { problem, settledAfter } = await play({ seed, people, ...engine })
    longest = Math.max(longest, settledAfter ?? 0)
    if (problem === undefined) continue
    failed.push(seed)
    tell(problem)
  }
  tell(
    `${String(to - from + 1)} seeds, ${String(failed.length)} failed, longest wait ${String(longest)} ms, ${String(Date.now() - begun)} ms of work`,
  )
  if (failed.length > 0) process.exitCode = 1
}

async function one(seed: number): Promise<void> {
  const last = new Map<string, string>()
  const { story, problem, settledAfter } = await play({
    seed,
    people,
    ...engine,
    witness(member, input, outputs) {
      clock = input.at
      const { stage, socket } = member.session
      const where =
        stage.phase === "in"
          ? `in ${stage.call.slice(0, 4)} epoch ${String(stage.group.epoch)} (${String(stage.group.members.length)}) ${socket.state}`
          : `${stage.phase} ${socket.state}`
      const said = outputs.flatMap((output) => (output.do === "send" && output.envelope.type !== "message" ? [output.envelope.type] : []))
      const heard =
        input.type === "envelope-received" && !["entries", "signal", "accepted"].includes(input.envelope.type)
          ? [
              input.envelope.type === "problem" || input.envelope.type === "refused"
                ? `${input.envelope.type}(${input.envelope.code})`
                : input.envelope.type,
            ]
          : []
      const facts =
        input.type === "engine-answered" && /refused|failed|removed/.test(input.fact.type)
          ? [input.fact.type + ("failure" in input.fact ? `(${input.fact.failure})` : "")]
          : []
      const line = [
        where,
        ...heard.map((type) => `<- ${type}`),
        ...facts.map((type) => `! ${type}`),
        ...said.map((type) => `-> ${type}`),
      ].join("  ")
      if (values.brief === true ? last.get(member.name)?.split("  ")[0] === where : last.get(member.name) === line) return
      last.set(member.name, line)
      tell(`${(clock / 1000).toFixed(3).padStart(9)}  ${member.name.padEnd(5)} ${line}`)
    },
    witnessServer(input, outputs) {
      clock = input.at
      for (const output of outputs) {
        if (output.do === "store")
          for (const row of output.rows)
            tell(
              `${(input.at / 1000).toFixed(3).padStart(9)}  -----  ${row.row === "entry" ? `${row.entry.type} ${String(row.entry.seq)}${row.entry.type === "message" ? "" : ` epoch ${String(row.entry.epoch)}`}${row.entry.type === "commit" ? ` by ${row.entry.from.slice(0, 4)} +${row.entry.adds.map((m) => m.slice(0, 4)).join()} -${row.entry.removes.map((m) => m.slice(0, 4)).join()}` : ""}` : row.row}`,
            )
        if (output.do === "end-call") tell(`${(input.at / 1000).toFixed(3).padStart(9)}  -----  call over`)
      }
    },
  })
  for (const bug of house?.bugs ?? []) tell(`bug: ${String(bug)}`)
  for (const { at, what } of story.happenings) tell(`${(at / 1000).toFixed(3).padStart(9)}  * ${what}`)
  tell(problem === undefined ? `all together ${String(settledAfter)} ms after the storm` : `FAILED: ${problem}`)
  if (problem !== undefined) process.exitCode = 1
}

/** Plays scenes: one by its name, or `all`. */
async function scenes(wanted: string, from: number, to: number): Promise<void> {
  if (values.real === true) playOn(realHouse)
  // On the real engine nobody's client can be told to obey no rule.
  const isPlayable = (name: string): boolean =>
    values.real !== true || !["aClientWithoutRules", "aClientEndsTheCall", "aChangeThatWasVoid"].includes(name)
  const played = Object.entries({ ...door, ...roles, ...liveness, ...together }).filter(
    ([name]) => (wanted === "all" || name === wanted) && isPlayable(name),
  )
  for (const [name, scene] of played) {
    const failed: string[] = []
    const begun = Date.now()
    for (let seed = from; seed <= to; seed++) await scene(seed).catch((error: unknown) => failed.push(String(error)))
    for (const line of failed) tell(`${name}: ${line}`)
    tell(`${name}: ${String(to - from + 1)} seeds, ${String(failed.length)} failed, ${String(Date.now() - begun)} ms of work`)
    if (failed.length > 0) process.exitCode = 1
  }
}

let clock = 0

if (values.scene !== undefined) await scenes(values.scene, Number(values.seed ?? values.from ?? 1), Number(values.seed ?? values.to ?? 20))
else if (values.seed === undefined) await many(Number(values.from ?? 1), Number(values.to ?? 100))
else await one(Number(values.seed))
