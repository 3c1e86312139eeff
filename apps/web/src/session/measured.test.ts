import { expect, test } from "vitest"
import type { MemberView } from "@conclave/call"
import type { MemberId } from "@conclave/wire"
import { measuredIn } from "./measured.ts"

const [ada, ben, cleo] = ["ada", "ben", "cleo"] as unknown as [MemberId, MemberId, MemberId]

const media = { microphone: true, camera: true, screen: false }
const shown = (member: MemberId, leaf: number, parts: Partial<MemberView> = {}): MemberView =>
  ({ member, leaf, isSelf: false, person: { name: String(member) }, role: "member", media, ...parts }) as MemberView

const run: NonNullable<Parameters<typeof measuredIn>[0]> = {
  counts: () => ({
    ...{ type: "counts", sent: 9, received: 9, outsideWindow: 0 },
    refused: { 1: { unknownKey: 1, authentication: 2, replay: 3, malformed: 4 } },
  }),
  wantOf: (member) => (member === ben ? { microphone: true, camera: "small", screenAudio: false } : undefined),
  trackOf: (member, kind) => ({ id: `${String(member)} ${kind}` }) as MediaStreamTrack,
}

test("L37: of each named member only what is asked for is measured, of oneself nothing that arrives", () => {
  const nobodyYet = { person: undefined, role: undefined }
  const measured = measuredIn(run, { members: [shown(ada, 0, { isSelf: true }), shown(ben, 1), shown(cleo, 2, nobodyYet)] })
  expect(measured).toEqual([
    { member: ada, name: "ada", isSelf: true, tracks: new Map(), hasCamera: false, refused: 0 },
    {
      ...{ member: ben, name: "ben", isSelf: false, hasCamera: true, refused: 10 },
      tracks: new Map([
        ["ben microphone", "microphone"],
        ["ben camera", "camera"],
      ]),
    },
  ])
  expect(measuredIn(run, undefined)).toEqual([])
})

test("L37: a camera that is off, not asked for or a listener's is not missed", () => {
  const members = [shown(ben, 1, { media: { ...media, camera: false } }), shown(cleo, 2), shown(ben, 3, { role: "listener" })]
  expect(measuredIn(run, { members }).map(({ hasCamera }) => hasCamera)).toEqual([false, false, false])
})
