import { pictures } from "../gallery/pictures.ts"
import type { CallView, NamedTile } from "../view/call.ts"
import type { AtDoorView } from "../view/door.ts"
import type { RulesView } from "../view/rules.ts"
import type { SecurityView } from "../view/security.ts"
import type { StatisticsSource } from "../view/statistics.ts"
import { amal, crowd, guests, ines, jonas, mei, person, ravi, showing, six, tomas } from "./people.fixtures.ts"
import { rulesFixtures } from "./rules.fixtures.ts"
import { securityFixtures as security } from "./security.fixtures.ts"
import { statisticsFixtures } from "./statistics.fixtures.ts"
import type { PanelName, StripMenu } from "./strip.tsx"
import type { StageStart } from "./use-stage.ts"

export interface CallFixture {
  readonly call: CallView
  readonly security: SecurityView
  readonly rules: RulesView
  readonly panel?: PanelName
  /** Whose details are shown in the security panel. */
  readonly person?: string
  /** Whose menu is open in the people panel. */
  readonly menu?: string
  /** What of the strip is open. */
  readonly stripMenu?: StripMenu
  readonly statistics?: StatisticsSource
  /** How this person looks at it. */
  readonly stage?: StageStart
}

const usual: CallView = {
  topic: "Budget review",
  link: "https://meet.northlight.example/r/AAAAAAAAAAAAAAAAAAAAAA#BBBBBBBBBBBBBBBBBBBBBA.CCCCCCCCCCCCCCCCCCCCCA",
  seal: { kind: "sealed", count: 7 },
  minutes: 24,
  tiles: guests,
  door: [],
  role: "member",
  microphone: { state: "on" },
  camera: { state: "on" },
  sharing: "off",
  shares: [],
  selfId: "self",
  hands: [],
  isTalkingMuted: false,
  isPushedToTalk: false,
  isAudioOnly: false,
  canModerate: false,
  self: { name: "Lena Fischer", picture: pictures.self },
  notices: [],
}

const { topic: _, ...untitled } = usual
const call = (view: Partial<CallView> = {}, more: Partial<Omit<CallFixture, "call">> = {}): CallFixture => ({
  call: { ...usual, ...view },
  security: security.usual,
  rules: rulesFixtures.host,
  ...more,
})

const raised = [
  { id: "amal", name: "Amal Haddad", isSelf: false },
  { id: "self", name: "Lena Fischer", isSelf: true },
  { id: "ravi", name: "Ravi Menon", isSelf: false },
]
const withHands = guests.map((one) => {
  const place = raised.findIndex(({ id }) => id === one.id)
  return place < 0 ? one : { ...one, hand: place + 1 }
})

const mira: AtDoorView = {
  id: "mira",
  who: person("Mira Solberg"),
  words: ["amber", "kettle", "north", "sail", "velvet", "orchard", "copper", "lunar"],
}
const ola: AtDoorView = {
  id: "ola",
  who: person("Ola Nordmann", "organisation"),
  words: ["garden", "pilot", "ribbon", "thunder", "acid", "museum", "lemon", "hazel"],
}
const copy: AtDoorView = {
  id: "copy",
  who: { ...person("Ines 0kafor"), looksLike: "Ines Okafor" },
  words: ["wagon", "cement", "daisy", "ranch", "unlock", "token", "slim", "orbit"],
}
/** Much at once: a hand, a reaction, weak networks. */
const busy: readonly NamedTile[] = [
  { ...ines, quality: "good" },
  { ...tomas, reaction: { id: 1, what: "clap" } },
  { ...amal, hand: 1, isMuted: true },
  { ...ravi, quality: "weak", reaction: { id: 2, what: "heart" } },
  { ...jonas, quality: "bad" },
  { ...mei, hand: 2, quality: "bad", isMuted: true, reaction: { id: 3, what: "thumbs-up" } },
]
const share = { id: "share", member: "tomas", by: "Tomás Rehn", picture: pictures.plan }
const secondShare = { id: "second", member: "ines", by: "Ines Okafor", picture: pictures.plan }

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
  door: call({ door: [mira, ola] }),
  "door-empty-room": { ...call({ tiles: [], seal: { kind: "alone" }, door: [mira] }), security: security.alone },
  "door-and-notice": call({ door: [mira], notices: [{ kind: "refused-commit", by: "Jonas Brandt", what: "let-in" }] }),
  "people-door": call({ door: [mira, ola, copy] }, { panel: "people", security: security.host }),
  "people-menu": call({}, { panel: "people", security: security.host, menu: "ravi" }),
  "people-member": call({}, { panel: "people", security: security.roles }),
  "people-wishes": call({}, { panel: "people", security: security.wishes }),
  "people-take-over": call({}, { panel: "people", security: security.successor }),
  rules: call({}, { panel: "rules" }),
  "rules-strict": call({ door: [mira] }, { panel: "rules", rules: rulesFixtures.strict }),
  "rules-offered": call({}, { panel: "rules", rules: rulesFixtures.offered }),
  "rules-member": call({}, { panel: "rules", rules: rulesFixtures.member }),
  "call-listener": call({
    role: "listener",
    sharing: "hosts-only",
    self: { name: "Lena Fischer" },
    notices: [{ kind: "listener", hosts: ["Ines Okafor"] }],
  }),
  "call-rule-news": call({
    news: { id: 1, what: { kind: "rule", by: "Ines Okafor", isOwn: false, change: { rule: "isLocked", to: true } } },
  }),
  "call-role-news": call({
    news: { id: 1, what: { kind: "rule", by: "Ines Okafor", isOwn: false, change: { rule: "role", name: "Tomás Rehn", to: "co-host" } } },
  }),
  "call-refused-commit": call({ notices: [{ kind: "refused-commit", by: "Jonas Brandt", what: "rules" }] }),
  "security-person": call({ tiles: six }, { panel: "security", security: security.levels, person: "amal" }),
  "security-person-changed": call(
    { tiles: six, seal: { kind: "check", name: "Jonas Brandt" } },
    { panel: "security", security: security.levels, person: "jonas" },
  ),
  "security-person-verified": call({ tiles: six }, { panel: "security", security: security.levels, person: "ines" }),
  "security-similar": call({}, { panel: "security", security: security.similar }),
  "security-devices": call({}, { panel: "security", security: security.devices }),
  "call-alone": { ...call(), call: { ...untitled, tiles: [], seal: { kind: "alone" }, minutes: 0 }, security: security.alone },
  "call-alone-handed": {
    ...call(),
    call: { ...untitled, isHanded: true, tiles: [], seal: { kind: "alone" }, minutes: 0 },
    security: security.alone,
  },
  "call-two": call({ tiles: guests.slice(0, 1), seal: { kind: "sealed", count: 2 } }),
  "call-three": call({ tiles: guests.slice(0, 2), seal: { kind: "sealed", count: 3 } }),
  "call-25": call({ tiles: crowd(25), seal: { kind: "sealed", count: 26 } }),
  "call-pages": call({ tiles: crowd(40), seal: { kind: "sealed", count: 41 } }),
  "call-share": call({ shares: [share], tiles: guests.map((one) => ({ ...one, isSpeaking: one.id === "tomas" })) }),
  "call-own-share": call({ sharing: "on" }),
  "call-shares": call({ shares: [share, secondShare] }),
  "call-shares-one": call({ shares: [share, secondShare] }, { stage: { pinned: { kind: "share", id: "share" } } }),
  "call-shares-person": call({ shares: [share, secondShare] }, { stage: { pinned: { kind: "person", id: "ravi" }, layout: "sidebar" } }),
  "call-share-coming": call({ shares: [{ id: "share", member: "tomas", by: "Tomás Rehn" }] }),
  "call-share-alone": call({ shares: [share] }, { stage: { hasFaces: false } }),
  "call-speaker": call({ tiles: busy, speaker: "amal" }, { stage: { layout: "speaker" } }),
  "call-sidebar": call({ tiles: busy, speaker: "amal" }, { stage: { layout: "sidebar" } }),
  "call-sidebar-40": call({ tiles: crowd(40), seal: { kind: "sealed", count: 41 }, speaker: "tomas1" }, { stage: { layout: "sidebar" } }),
  "call-pinned": call({ tiles: busy }, { stage: { pinned: { kind: "person", id: "mei" } } }),
  "call-self-pinned": call({ tiles: busy }, { stage: { pinned: { kind: "person", id: "self" } } }),
  "call-spotlight": call({ tiles: busy, spotlight: "jonas", canModerate: true }),
  "call-self-spotlit": call({ spotlight: "self", canModerate: true }),
  "call-busy": call({ tiles: busy, canModerate: true }),
  "call-busy-25": call({
    tiles: crowd(25).map((one, index) => ({
      ...one,
      ...(index % 4 === 0 && { hand: index / 4 + 1 }),
      quality: index % 5 === 1 ? "bad" : "good",
    })),
    seal: { kind: "sealed", count: 26 },
  }),
  "call-news": call({ news: { id: 1, what: { kind: "came", name: "Mei Tanaka" } } }),
  "call-sound-blocked": call({ notices: [{ kind: "sound-blocked" }] }),
  "call-refused-add": call({ notices: [{ kind: "refused-add" }] }),
  "call-cut-off": call({ interruption: { kind: "cut-off", retryIn: 4, kept: 52, wait: 0.6 } }),
  "call-media-paused": call({ seal: { kind: "stopped" }, interruption: { kind: "media-paused", seconds: 30 } }),
  "call-fork": call({ seal: { kind: "stopped" }, interruption: { kind: "fork", name: "Jonas Brandt" } }),
  "call-more": call({ role: "host", canModerate: true }, { stripMenu: "more" }),
  "call-reactions": call({}, { stripMenu: "reactions" }),
  "call-leave-host": call({ role: "host", canModerate: true }, { stripMenu: "leave" }),
  "call-hands": call({ tiles: withHands, hands: raised, minutes: 65 }),
  "people-hands": call(
    { tiles: withHands, hands: raised, canModerate: true, role: "host" },
    { panel: "people", security: security.host, menu: "ravi" },
  ),
  "call-unmute-asked": call({ microphone: { state: "off" }, unmuteAsked: { by: "Ines Okafor" } }),
  "call-talking-muted": call({ microphone: { state: "off" }, isTalkingMuted: true }),
  "call-pushed-to-talk": call({ isPushedToTalk: true }),
  "call-audio-only": call({
    isAudioOnly: true,
    tiles: guests.map((one) => showing(one, { kind: "not-fetched" })),
    camera: { state: "off" },
  }),
  "call-weak-network": call({ quality: "bad", notices: [{ kind: "weak-network" }] }),
  "call-server-away": call({ notices: [{ kind: "server-away" }] }),
  "call-hand-news": call({ tiles: withHands, hands: raised, news: { id: 1, what: { kind: "hand", name: "Amal Haddad" } } }),
  statistics: call({}, { panel: "statistics", statistics: statisticsFixtures.usual }),
  "statistics-waiting": call({}, { panel: "statistics" }),
  people: call({}, { panel: "people", security: security.host }),
  security: call({ tiles: six }, { panel: "security" }),
  "call-open": call(
    { seal: { kind: "open" }, news: { id: 1, what: { kind: "came", name: "Mei Tanaka" } } },
    { security: security.transport },
  ),
  "security-identity": call({ tiles: six }, { panel: "security", security: security.identity }),
  "security-identity-provider": call({ tiles: six }, { panel: "security", security: security["identity-provider"] }),
  "security-open": call({ tiles: six, seal: { kind: "open" } }, { panel: "security", security: security.transport }),
  "rules-no-link": call({}, { panel: "rules", rules: rulesFixtures["no-link"] }),
  "security-levels": call({ tiles: six, seal: { kind: "check", name: "Jonas Brandt" } }, { panel: "security", security: security.levels }),
  "security-matched": call({}, { panel: "security", security: security.matched }),
  "security-differ": call({ seal: { kind: "stopped" } }, { panel: "security", security: security.differ }),
  "security-alone": call({ tiles: [], seal: { kind: "alone" } }, { panel: "security", security: security.alone }),
  "security-sealing": call({ tiles: [], seal: { kind: "sealing" } }, { panel: "security", security: security.sealing }),
  "security-refused": call({}, { panel: "security", security: security.refused }),
  "share-security": call({ shares: [share] }, { panel: "security" }),
} satisfies Record<string, CallFixture>
