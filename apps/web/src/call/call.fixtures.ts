import { pictures } from "../gallery/pictures.ts"
import type { CallView } from "../view/call.ts"
import type { SecurityView } from "../view/security.ts"
import { amal, crowd, guests, ines, jonas, mei, ravi, showing, six, tomas } from "./people.fixtures.ts"
import { securityFixtures as security } from "./security.fixtures.ts"
import type { PanelName } from "./strip.tsx"

export interface CallFixture {
  readonly call: CallView
  readonly security: SecurityView
  readonly panel?: PanelName
}

const usual: CallView = {
  topic: "Budget review",
  link: "https://meet.northlight.example/r/AAAAAAAAAAAAAAAAAAAAAA#BBBBBBBBBBBBBBBBBBBBBA.CCCCCCCCCCCCCCCCCCCCCA",
  seal: { kind: "sealed", count: 7 },
  minutes: 24,
  tiles: guests,
  microphone: { state: "on" },
  camera: { state: "on" },
  sharing: "off",
  self: { name: "Lena Fischer", picture: pictures.self },
  notices: [],
}

const { topic: _, ...untitled } = usual
const call = (view: Partial<CallView> = {}, more: Partial<Omit<CallFixture, "call">> = {}): CallFixture => ({
  call: { ...usual, ...view },
  security: security.usual,
  ...more,
})
const share = { id: "share", by: "Tomás Rehn", picture: pictures.plan }

export const callFixtures = {
  call: call({ microphone: { state: "off" } }),
  "call-states": call({
    tiles: [
      ines,
      showing(tomas, { kind: "off" }),
      showing(amal, { kind: "sealed" }),
      ravi,
      showing(jonas, { kind: "lost", picture: pictures.jonas }),
      { id: "new", who: { known: false } },
      { ...mei, who: { ...mei.who, isKeyChanged: true } },
      showing({ ...mei, id: "w" }, { kind: "waiting" }),
    ],
    seal: { kind: "check", name: "Mei Tanaka" },
    camera: { state: "off" },
    self: { name: "Lena Fischer" },
  }),
  "call-alone": { call: { ...untitled, tiles: [], seal: { kind: "alone" }, minutes: 0 }, security: security.alone },
  "call-two": call({ tiles: guests.slice(0, 1), seal: { kind: "sealed", count: 2 } }),
  "call-three": call({ tiles: guests.slice(0, 2), seal: { kind: "sealed", count: 3 } }),
  "call-25": call({ tiles: crowd(25), seal: { kind: "sealed", count: 26 } }),
  "call-pages": call({ tiles: crowd(40), seal: { kind: "sealed", count: 41 } }),
  "call-share": call({ share, tiles: guests.map((one) => ({ ...one, isSpeaking: one.id === "tomas" })) }),
  "call-own-share": call({ sharing: "on" }),
  "call-news": call({ news: { id: 1, what: { kind: "came", name: "Mei Tanaka" } } }),
  "call-sound-blocked": call({ notices: [{ kind: "sound-blocked" }] }),
  "call-refused-add": call({ notices: [{ kind: "refused-add" }] }),
  "call-cut-off": call({ interruption: { kind: "cut-off", retryIn: 4, kept: 52, wait: 0.6 } }),
  "call-media-paused": call({ seal: { kind: "stopped" }, interruption: { kind: "media-paused", seconds: 30 } }),
  "call-fork": call({ seal: { kind: "stopped" }, interruption: { kind: "fork", name: "Jonas Brandt" } }),
  people: call({}, { panel: "people", security: security.host }),
  security: call({ tiles: six }, { panel: "security" }),
  "security-levels": call({ tiles: six, seal: { kind: "check", name: "Jonas Brandt" } }, { panel: "security", security: security.levels }),
  "security-matched": call({}, { panel: "security", security: security.matched }),
  "security-differ": call({ seal: { kind: "stopped" } }, { panel: "security", security: security.differ }),
  "security-alone": call({ tiles: [], seal: { kind: "alone" } }, { panel: "security", security: security.alone }),
  "security-sealing": call({ tiles: [], seal: { kind: "sealing" } }, { panel: "security", security: security.sealing }),
  "security-refused": call({}, { panel: "security", security: security.refused }),
  "share-security": call({ share }, { panel: "security" }),
} satisfies Record<string, CallFixture>
