import { pictures } from "../gallery/pictures.ts"
import type { LobbyView } from "../view/lobby.ts"
import type { LevelSource } from "../view/picture.ts"

const steady = (level: number): LevelSource => ({
  subscribe: (heard) => {
    heard(level)
    return () => undefined
  },
})

const usual: LobbyView = {
  room: { kind: "link" },
  topic: "Budget review",
  link: "https://meet.northlight.example/r/AAAAAAAAAAAAAAAAAAAAAA#BBBBBBBBBBBBBBBBBBBBBA.CCCCCCCCCCCCCCCCCCCCCA",
  picture: pictures.self,
  camera: { state: "on", choices: [{ id: "1", label: "Built-in camera" }], chosen: "1" },
  microphone: { state: "on", choices: [{ id: "1", label: "Desk microphone" }], chosen: "1" },
  level: steady(11 / 24),
  speaker: { choices: [{ id: "1", label: "Headphones" }], chosen: "1", isTesting: false },
  background: { chosen: { kind: "none" }, state: "off", hasOwn: false },
  network: { isAway: false, udp: "untried", tcp: "untried", relay: "untried" },
  browser: "chromium",
  name: "Lena Fischer",
  vouching: [],
  isJoining: false,
  isLinkCopied: false,
}

const northlight = { id: "https://id.northlight.example", organisation: "id.northlight.example" }

const { topic: _topic, speaker: _speaker, level: _level, picture: _picture, ...bare } = usual

const standup = { link: "https://meet.northlight.example/o/my-standup" }

export const lobbyFixtures = {
  lobby: usual,
  "lobby-identity": { ...usual, ...standup, room: { kind: "identity", providers: [], account: "Lena Fischer" } },
  "lobby-identity-provider": {
    ...usual,
    ...standup,
    room: { kind: "identity", providers: [northlight.organisation] },
    vouching: [{ ...northlight, state: "offered" }],
  },
  "lobby-transport": {
    ...usual,
    link: "https://meet.northlight.example/t/my-standup",
    room: { kind: "transport", account: "Lena Fischer" },
  },
  "lobby-first-time": {
    ...bare,
    name: "",
    camera: { state: "asking", choices: [] },
    microphone: { state: "asking", choices: [] },
  },
  "lobby-denied": {
    ...bare,
    camera: { state: "denied", choices: [] },
    microphone: { state: "denied", choices: [] },
  },
  "lobby-denied-firefox": { ...bare, camera: { state: "denied", choices: [] }, browser: "firefox" },
  "lobby-denied-phone": { ...bare, camera: { state: "denied", choices: [] }, browser: "safari-phone" },
  "lobby-no-devices": {
    ...bare,
    camera: { state: "missing", choices: [] },
    microphone: { state: "missing", choices: [] },
  },
  "lobby-busy": { ...bare, camera: { ...usual.camera, state: "busy" }, microphone: { ...usual.microphone, state: "busy" } },
  "lobby-off": {
    ...bare,
    camera: { ...usual.camera, state: "off" },
    microphone: { ...usual.microphone, state: "off" },
    isLinkCopied: true,
  },
  "lobby-no-level": { ...bare, picture: pictures.self },
  "lobby-name": { ...usual, name: "", nameTrouble: "empty" },
  "lobby-long-name": { ...usual, name: "Lena ".repeat(60), nameTrouble: "too-long" },
  "lobby-vouching": { ...usual, vouching: [{ ...northlight, state: "offered" }] },
  "lobby-vouched": { ...usual, vouching: [{ ...northlight, state: "done", name: "Dr Lena Fischer" }] },
  "lobby-not-vouched": { ...usual, vouching: [{ ...northlight, state: "blocked" }] },
  "lobby-background": { ...usual, background: { chosen: { kind: "picture", name: "shelf" }, state: "on", hasOwn: true } },
  "lobby-background-starting": { ...usual, background: { chosen: { kind: "blur" }, state: "starting", hasOwn: false } },
  "lobby-background-failed": {
    ...bare,
    camera: { ...usual.camera, state: "off" },
    background: { chosen: { kind: "blur" }, state: "failed", hasOwn: false },
  },
  "lobby-background-none": {
    ...bare,
    camera: { ...usual.camera, state: "off" },
    background: { chosen: { kind: "blur" }, state: "unavailable", hasOwn: false },
  },
  "lobby-network-trying": { ...usual, network: { isAway: false, udp: "shut", tcp: "trying", relay: "none" } },
  "lobby-network-good": { ...usual, network: { isAway: false, udp: "open", tcp: "open", relay: "none" } },
  "lobby-network-slower": { ...usual, network: { isAway: false, udp: "shut", tcp: "open", relay: "none" } },
  "lobby-network-bad": { ...usual, network: { isAway: false, udp: "shut", tcp: "shut", relay: "none" } },
  "lobby-network-away": { ...usual, network: { isAway: true, udp: "untried", tcp: "untried", relay: "untried" } },
  "lobby-joining": { ...usual, isJoining: true },
} satisfies Record<string, LobbyView>
