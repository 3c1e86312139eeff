import { expect, test } from "vitest"
import type { Member } from "./index.ts"
import { admit, apply, codeOf, identity, meeting, must, nothing, openedBy, person, secretOf } from "./people.fixture.ts"

const text = (words: string): Uint8Array => new TextEncoder().encode(words)

/** So many messages of one member, in the order it sent them. */
function said(member: Member, number: number): Uint8Array[] {
  return Array.from({ length: number }, (_, index) => member.encrypt(identity(index), nothing))
}

/** A heal by `by` that these apply. */
function heal(by: Member, others: readonly Member[]): void {
  const { commit } = by.commit({})
  by.mergeCommit()
  for (const other of others) apply(other, commit)
}

test("D34: who sent a message is the leaf that was verified, with what it authenticates beside it", async () => {
  const [first, second, third] = (await meeting(3)) as [Member, Member, Member]
  const message = third.encrypt(text("hello"), text("beside"))
  for (const reader of [first, second]) {
    expect(openedBy(reader, message)).toEqual({
      kind: "application",
      sender: 2,
      epoch: 1,
      data: text("hello"),
      authenticatedData: text("beside"),
    })
  }
  expect(codeOf(() => third.process(message))).toBe("own-message")
})

test("E8, D32.44: a message opens once", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const [message] = said(first, 1)
  openedBy(second, must(message))
  expect(codeOf(() => second.process(must(message)))).toBe("duplicate")
})

test("E8, D32.44: a message may come 50 late and no later", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const messages = said(first, 60)
  openedBy(second, must(messages.at(-1)))
  const codes = messages.slice(0, -1).map((message) => codeOf(() => second.process(message)))
  const opened = codes.filter((code) => code === "done").length
  expect(opened).toBeGreaterThanOrEqual(49)
  expect(opened).toBeLessThanOrEqual(50)
  expect(codes.slice(0, 8).every((code) => code === "too-old")).toBe(true)
  expect(codes.slice(-45).every((code) => code === "done")).toBe(true)
})

test("E8, D32.44: messages in any order within the window all open, each with its own words", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const messages = said(first, 40)
  const order = messages.map((_, index) => (index * 17 + 5) % 40)
  const read = order.map((index) => openedBy(second, must(messages[index])).data)
  expect(read).toEqual(order.map((index) => identity(index)))
})

test("A6.06: a message more than 200 ahead in its sender's ratchet is refused, and nothing is lost by it", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const messages = said(first, 302)
  for (const index of [301, 250, 202]) expect(codeOf(() => second.process(must(messages[index])))).toBe("too-far")
  expect(openedBy(second, must(messages[0])).data).toEqual(identity(0))
  expect(codeOf(() => second.process(must(messages[150])))).toBe("done")
  expect(codeOf(() => second.process(must(messages[301])))).toBe("done")
})

test("E8, D32.44: a message of the last epoch opens, one of the epoch before that does not, one to come neither", async () => {
  const [first, second, third] = (await meeting(3)) as [Member, Member, Member]
  const [old, older] = said(first, 2)
  heal(first, [second])
  const ahead = first.encrypt(nothing, nothing)
  expect(codeOf(() => third.process(ahead))).toBe("wrong-epoch")
  expect(openedBy(second, must(old))).toMatchObject({ sender: 0, epoch: 1 })
  heal(second, [first])
  expect(codeOf(() => second.process(must(older)))).toBe("too-old")
})

test("E8: the last epoch can be forgotten before its time", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const [message] = said(first, 1)
  heal(first, [second])
  second.forgetPast()
  expect(codeOf(() => second.process(must(message)))).toBe("too-old")
})

test("A1.14, T5, D34.41: of a member that was removed nothing of the last epoch opens, of the others it does", async () => {
  const [first, second, third, fourth] = (await meeting(4)) as [Member, Member, Member, Member]
  const fromRemoved = said(third, 250)
  const fromStayed = fourth.encrypt(text("still here"), nothing)
  const { commit } = first.commit({ removes: [2] })
  first.mergeCommit()
  for (const member of [second, fourth]) apply(member, commit)
  const codes = new Set(fromRemoved.flatMap((message) => [first, second].map((member) => codeOf(() => member.process(message)))))
  expect([...codes]).toEqual(["removed-sender"])
  for (const member of [first, second]) expect(openedBy(member, fromStayed).sender).toBe(3)
})

test("A1.14, D34.41: who comes again into the same leaf is not blamed for, or credited with, the old leaf's messages", async () => {
  const [first, second, third] = (await meeting(3)) as [Member, Member, Member]
  const old = third.encrypt(text("old"), nothing)
  const { commit } = first.commit({ removes: [2] })
  first.mergeCommit()
  apply(second, commit)
  expect(codeOf(() => second.process(old))).toBe("removed-sender")
  const again = await person(3)
  const made = admit(first, [again])
  apply(second, made.commit)
  expect(again.ownLeaf()).toBe(2)
  expect(codeOf(() => second.process(old))).toBe("too-old")
  expect(openedBy(second, again.encrypt(text("new"), nothing)).data).toEqual(text("new"))
})

test("A1.16: a joiner reads nothing of before", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const before = [first.encrypt(nothing, nothing), second.encrypt(nothing, nothing)]
  const joiner = await person(3)
  admit(first, [joiner])
  for (const message of before) expect(codeOf(() => joiner.process(message))).toBe("too-old")
})

test("E8, D32.44: plaintexts are padded to 128 bytes: one length for all short messages", async () => {
  const [first] = (await meeting(2)) as [Member, Member]
  const sizes = [0, 1, 10, 30].map((length) => first.encrypt(new Uint8Array(length), nothing).length)
  expect(new Set(sizes).size).toBe(1)
  expect(first.encrypt(new Uint8Array(400), nothing).length).toBeGreaterThan(must(sizes[0]))
})

test("D9: members speak and listen while their own commit is pending, or another's is staged", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  first.commit({})
  expect(openedBy(second, first.encrypt(text("a"), nothing)).data).toEqual(text("a"))
  expect(openedBy(first, second.encrypt(text("b"), nothing)).data).toEqual(text("b"))
  first.clearCommit()
  const { commit } = second.commit({})
  first.process(commit)
  expect(openedBy(first, second.encrypt(text("c"), nothing)).epoch).toBe(1)
  second.mergeCommit()
  first.accept()
  expect(openedBy(first, second.encrypt(text("d"), nothing)).epoch).toBe(2)
})

test("D22: the exporter gives as many bytes as asked for, other ones for every label, context and epoch", async () => {
  const [first, second] = (await meeting(2)) as [Member, Member]
  const base = (member: Member, label = "SFrame 1.0 Base Key", context: Uint8Array = nothing): string =>
    Buffer.from(member.export(label, context, 16)).toString("hex")
  expect(base(first)).toBe(base(second))
  expect(base(first)).toHaveLength(32)
  const now = [base(first), base(first, "other"), base(first, undefined, text("x"))]
  heal(first, [second])
  expect(new Set([...now, base(first)]).size).toBe(4)
  for (const length of [0, 1025]) expect(codeOf(() => first.export("x", nothing, length))).toBe("invalid-argument")
  expect(secretOf(first)).toBe(secretOf(second))
})
