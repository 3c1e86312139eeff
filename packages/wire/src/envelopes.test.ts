import fc from "fast-check"
import { expect, test } from "vitest"
import { parseMemberEnvelope, parseServerEnvelope, printEnvelope, type MemberEnvelope, type ServerEnvelope } from "./envelopes.ts"
import { idFrom, type CallId, type Epoch, type MemberId, type RoomId, type Seq } from "./ids.ts"
import { limits } from "./limits.ts"
import { problems, type ProblemCode } from "./problems.ts"

const bytes = (min: number, max: number) =>
  fc.uint8Array({ minLength: min, maxLength: Math.min(max, 300) }).map((read) => new Uint8Array(read))
const id = <T extends RoomId | CallId | MemberId>() => bytes(16, 16).map((random) => idFrom<T>(random))
const whole = (low: number, high: number = Number.MAX_SAFE_INTEGER) => fc.integer({ min: low, max: Math.min(high, 2 ** 31) })
const epoch = fc.maxSafeNat().map((n) => n as Epoch)
const seq = fc.maxSafeNat().map((n) => n as Seq)
const just = <const T extends string>(type: T) => fc.constant(type)
const code = fc.constantFrom(...(Object.keys(problems) as ProblemCode[]))
const members = fc.array(id<MemberId>(), { maxLength: 5 })
const knock = { member: id<MemberId>(), keyPackage: bytes(1, limits.keyPackage), sealed: bytes(1, limits.knock) }
const session = bytes(32, 32)

const member: fc.Arbitrary<MemberEnvelope> = fc.oneof(
  fc.record(
    { type: just("hello"), version: whole(0, 65535), room: id<RoomId>(), access: session, member: id<MemberId>() },
    { requiredKeys: ["type", "version", "room", "access"] },
  ),
  fc.record({ type: just("found"), call: id<CallId>(), member: id<MemberId>() }),
  fc.record({ type: just("knock"), call: id<CallId>(), ...knock }),
  fc.record({ type: just("resume"), call: id<CallId>(), member: id<MemberId>(), session, after: seq }),
  fc.record(
    {
      type: just("commit"),
      request: whole(1),
      epoch,
      commit: bytes(1, limits.commit),
      welcomes: fc.array(fc.record({ member: id<MemberId>(), welcome: bytes(1, limits.welcome) }), { maxLength: 3 }),
      tree: bytes(1, limits.tree),
      removes: members,
    },
    { requiredKeys: ["type", "request", "epoch", "commit", "welcomes", "removes"] },
  ),
  fc.record({ type: just("verdict"), seq, applied: fc.boolean() }),
  fc.record(
    { type: just("message"), request: whole(1), epoch, keep: fc.boolean(), message: bytes(1, limits.message), to: members },
    { requiredKeys: ["type", "request", "epoch", "keep", "message"] },
  ),
  fc.record({ type: just("defer"), members }),
  fc.record({ type: just("door"), member: id<MemberId>(), box: bytes(1, limits.door) }, { requiredKeys: ["type", "box"] }),
  fc.record({ type: just("turn-away"), members, isBlocked: fc.boolean() }),
  fc.record({ type: just("bye") }),
)

const entry = fc.oneof(
  fc.record({
    type: just("commit"),
    seq,
    epoch,
    attempt: whole(0, 1000),
    from: id<MemberId>(),
    adds: members,
    removes: members,
    commit: bytes(1, 300),
  }),
  fc.record({ type: just("message"), seq, epoch, from: id<MemberId>(), message: bytes(1, 300) }),
  fc.record({ type: just("void"), seq, of: seq, epoch }),
)

const server: fc.Arbitrary<ServerEnvelope> = fc.oneof(
  fc.record({ type: just("room"), shelf: bytes(1, limits.shelf), call: id<CallId>() }, { requiredKeys: ["type", "shelf"] }),
  fc.record({ type: just("founded"), call: id<CallId>(), session, seq }),
  fc.record({ type: just("knocking"), call: id<CallId>(), session }),
  fc.record({ type: just("waiting"), call: id<CallId>() }),
  fc.record({ type: just("welcome"), call: id<CallId>(), seq, epoch, welcome: bytes(1, 300), tree: bytes(1, 300) }),
  fc.record({ type: just("resumed"), call: id<CallId>(), seq }),
  fc.record({ type: just("entries"), entries: fc.array(entry, { maxLength: 4 }) }),
  fc.record({ type: just("signal"), epoch, from: id<MemberId>(), message: bytes(1, 300) }),
  fc.record({ type: just("nominated"), knocks: fc.array(fc.record(knock), { maxLength: 3 }) }),
  fc.record({ type: just("accepted"), request: whole(1), seq }),
  fc.record({ type: just("door"), member: id<MemberId>(), box: bytes(1, limits.door) }, { requiredKeys: ["type", "box"] }),
  fc.record({ type: just("refused"), request: whole(1), code }),
  fc.record({ type: just("outvoted"), seq }),
  fc.record({ type: just("removal-asked"), member: id<MemberId>() }),
  fc.record({ type: just("ended"), call: id<CallId>(), reason: fc.constantFrom("empty" as const, "split" as const) }),
  fc.record({ type: just("problem"), code }),
)

/** fast-check's records have no prototype; what was read has one. */
const plain = <T>(value: T): T => structuredClone(value)

test("A6.03: every envelope of a member is read as it was printed", () => {
  fc.assert(
    fc.property(member, (envelope) => {
      expect(parseMemberEnvelope(printEnvelope(envelope))).toEqual(plain(envelope))
    }),
    { numRuns: 1000 },
  )
})

test("A6.03: every envelope of the server is read as it was printed", () => {
  fc.assert(
    fc.property(server, (envelope) => {
      expect(parseServerEnvelope(printEnvelope(envelope))).toEqual(plain(envelope))
    }),
    { numRuns: 1000 },
  )
})

test("A6.03: an envelope with a field more, a field less or a field of another kind is refused", () => {
  fc.assert(
    fc.property(member, fc.nat(), fc.constantFrom(null, true, -1, 0.5, "", [], {}, "\u0000"), (envelope, pick, other) => {
      const read = JSON.parse(printEnvelope(envelope)) as Record<string, unknown>
      expect(parseMemberEnvelope(JSON.stringify({ ...read, extra: 1 }))).toBe("malformed")
      const names = Object.keys(read).filter(
        (name) => name !== "tree" && name !== "to" && !(name === "member" && (envelope.type === "hello" || envelope.type === "door")),
      )
      const name = names[pick % names.length] ?? "type"
      const { [name]: _, ...less } = read
      expect(parseMemberEnvelope(JSON.stringify(less))).toBe("malformed")
      const isFine =
        (Array.isArray(other) && Array.isArray(read[name])) || (typeof other === typeof read[name] && typeof other === "boolean")
      if (!isFine) expect(parseMemberEnvelope(JSON.stringify({ ...read, [name]: other }))).toBe("malformed")
    }),
    { numRuns: 1000 },
  )
})

test("A6.03: an envelope over the limit is too large before it is looked at", () => {
  expect(parseMemberEnvelope("x".repeat(limits.envelope + 1))).toBe("too-large")
  expect(parseServerEnvelope(" ".repeat(limits.envelope) + "{}")).toBe("too-large")
})

test("A6.03: bytes and lists one over their limit are refused, at the limit they are read", () => {
  const knocking = (length: number): MemberEnvelope => ({
    type: "knock",
    call: idFrom(new Uint8Array(16)),
    member: idFrom(new Uint8Array(16)),
    keyPackage: new Uint8Array(length),
    sealed: new Uint8Array(1),
  })
  expect(parseMemberEnvelope(printEnvelope(knocking(limits.keyPackage)))).toMatchObject({ type: "knock" })
  expect(parseMemberEnvelope(printEnvelope(knocking(limits.keyPackage + 1)))).toBe("malformed")
  expect(parseMemberEnvelope(printEnvelope(knocking(0)))).toBe("malformed")
  const removing = (count: number): MemberEnvelope => ({
    type: "commit",
    request: 1,
    epoch: 0 as Epoch,
    commit: new Uint8Array(1),
    welcomes: [],
    removes: Array.from({ length: count }, () => idFrom<MemberId>(new Uint8Array(16))),
  })
  expect(parseMemberEnvelope(printEnvelope(removing(limits.members)))).toMatchObject({ type: "commit" })
  expect(parseMemberEnvelope(printEnvelope(removing(limits.members + 1)))).toBe("malformed")
})

test("A6.03: names that objects have by nature are no fields", () => {
  for (const text of [
    '{"type":"constructor"}',
    '{"type":"toString"}',
    '{"type":"bye","__proto__":{}}',
    '{"type":"bye","constructor":1}',
    '{"__proto__":{"type":"bye"}}',
  ])
    expect(parseMemberEnvelope(text)).toBe("malformed")
})
