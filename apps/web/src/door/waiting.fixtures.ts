import { pictures } from "../gallery/pictures.ts"
import type { WaitingView } from "../view/door.ts"

const usual: WaitingView = {
  for: "door",
  isHanded: false,
  topic: "Budget review",
  asked: 43,
  words: ["amber", "kettle", "north", "sail", "velvet", "orchard", "copper", "lunar"],
  microphone: { state: "off" },
  camera: { state: "on" },
  self: { name: "Mira Solberg", picture: pictures.mira },
}
const { topic: _, ...untitled } = usual

export const waitingFixtures = {
  waiting: usual,
  "waiting-no-camera": { ...untitled, asked: 190, camera: { state: "off" }, self: { name: "Mira Solberg" } },
  "waiting-handed": { ...usual, isHanded: true },
  "waiting-host": { ...untitled, for: "host", words: [], asked: 310 },
} satisfies Record<string, WaitingView>
