import { expect, test } from "vitest"
import { toBase64url } from "@conclave/wire"
import { arriving, bytesOf, deedsOf, room, seated } from "./session.fixture.ts"
import { run, type Machine } from "./run.ts"
import { idle, type Input, type Output, type Session } from "./session.ts"
import { callMachine, step } from "./step.ts"
import { parseTraceLine, replay, traceLine } from "./trace.ts"

const media = { microphone: false, camera: false, screen: false }

test("D10.30: the tokens that open the server's doors are blank in a trace", () => {
  const access = bytesOf(77, 32)
  const input = { type: "join-asked", room, access, media, at: 0 } as const
  const [joined] = step(idle, input)
  const [, ...outputs] = step(joined, { type: "socket-opened", socket: 1, chance: bytesOf(3, 32), at: 5 })
  expect(deedsOf(outputs)).toEqual(["send hello"])
  const text = [traceLine(input, []), traceLine({}, outputs)].join("\n")
  expect(text).not.toContain(toBase64url(access))
  expect(text).toContain(toBase64url(new Uint8Array(32)))
})

test("D10.30: a replayed trace ends in the same orders", () => {
  const lines: string[] = []
  const feed = run<Session, Input, Output>(callMachine, {
    perform: () => undefined,
    witness: (input, outputs) => void lines.push(traceLine(input, outputs)),
  })
  feed({ type: "join-asked", room, access: bytesOf(77, 32), media, at: 0 })
  feed({ type: "socket-opened", socket: 1, chance: bytesOf(3, 32), at: 5 })
  feed({ type: "envelope-received", socket: 1, envelope: { type: "room", shelf: bytesOf(1) }, at: 9 })
  const { state, differsAt } = replay<Session, Input, Output>(callMachine, lines)
  expect(differsAt).toBeUndefined()
  expect(state.stage.phase).toBe("founding")
  const wrong = lines.with(1, (lines[1] ?? "").replace('"do":"send"', '"do":"disconnect"'))
  expect(replay<Session, Input, Output>(callMachine, wrong).differsAt).toBe(2)
})

test("a line that is no turn is refused", () => {
  for (const line of ["", "{", "null", "[]", '{"input":1}', '{"input":1,"outputs":2}']) expect(parseTraceLine(line)).toBeUndefined()
})

test("the runner takes one input at a time, and begins all orders of a turn before the next", () => {
  const seen: string[] = []
  const machine: Machine<number, string, string> = { start: 0, step: (n, input) => [n + 1, `${input} first`, `${input} second`] }
  const feed = run(machine, {
    perform(output, again) {
      seen.push(output)
      if (output === "a first") again("b")
    },
  })
  feed("a")
  expect(seen).toEqual(["a first", "a second", "b first", "b second"])
})

test("the machine changes no state in place", () => {
  const bench = seated(0)
  const before = JSON.stringify(bench.session)
  const frozen = bench.session
  bench.beat(0)
  bench.feed({ type: "leave-asked" })
  expect(JSON.stringify(frozen)).toBe(before)
})

test("D14.1: time never goes back", () => {
  const bench = arriving()
  bench.now = 500
  bench.feed({ type: "clock" })
  expect(bench.session.now).toBe(1_000)
})
