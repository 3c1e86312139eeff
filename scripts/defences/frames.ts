/** Defences of the frame path: nothing unsealed leaves, nothing unproven is played, nothing under a wrong name. */
import type { Defence } from "./defence.ts"

const receiving = "apps/web/src/frame-worker/receiving-track.ts"
const pathTest = "apps/web/src/frame-worker/frame-path.test.ts"
const framesTest = "packages/crypto/src/sframe/frames.test.ts"
const opener = "packages/crypto/src/sframe/opener.ts"
const live = "packages/crypto/src/sframe/live-epoch.ts"

export const frameDefences: readonly Defence[] = [
  {
    name: "no key, no frame",
    rule: "D25.1",
    file: "apps/web/src/frame-worker/sending-track.ts",
    text: '      return "dropped"\n',
    replacement: '      return "sealed"\n',
    test: { file: pathTest, name: "without keys" },
  },
  {
    name: "not encrypted flag: frames in clear",
    rule: "A2.01",
    file: receiving,
    text: 'if (opened.kind === "refused") return this.#refuse(opened)',
    replacement: 'if (opened.kind === "refused") return this.#refuse(opened) || true',
    test: { file: pathTest, name: "frames in clear are dropped" },
  },
  {
    name: "blank-frame pass-through: what the SFU makes itself",
    rule: "A2.12",
    file: receiving,
    text: 'if (opened.kind === "refused") return this.#refuse(opened)',
    replacement: 'if (opened.kind === "refused") return opened.reason === "malformed" || this.#refuse(opened)',
    test: { file: pathTest, name: "the SFU's blank frames" },
  },
  {
    name: "blank-frame pass-through: empty frames",
    rule: "D25.1",
    file: receiving,
    text: "if (frame.data.byteLength === 0) return false",
    replacement: "if (frame.data.byteLength === 0) return true",
    test: { file: pathTest, name: "empty frames" },
  },
  {
    name: "owner swap",
    rule: "D23",
    file: "apps/web/src/frame-worker/owner-binding.ts",
    text: "if (this.#accepted !== undefined && isSame(this.#accepted, owner))",
    replacement: "if (this.#accepted !== undefined)",
    test: { file: pathTest, name: "when the SFU puts another member's stream under a receiver" },
  },
  {
    name: "owner swap: names of tiles",
    rule: "A2.04",
    file: "apps/web/src/session/received-media.ts",
    text: "  accepted.delete(receiver)\n",
    replacement: "",
    test: { file: "apps/web/src/session/received-media.test.ts", name: "owners swapped by the SFU" },
  },
  {
    name: "counter reuse",
    rule: "A2.09",
    file: "packages/crypto/src/sframe/sealer.ts",
    text: "this.#nextCounter.set(track, counter + 1)",
    replacement: "this.#nextCounter.set(track, counter)",
    test: { file: framesTest, name: "no (base key, key id, counter) comes twice" },
  },
  {
    name: "counter wrap",
    rule: "A2.10",
    file: "packages/crypto/src/sframe/sealer.ts",
    text: "    if (counter >= counterLimit) return undefined\n",
    replacement: "",
    test: { file: framesTest, name: "a track stops before its counter reaches 2^32" },
  },
  {
    name: "replay window",
    rule: "A2.03",
    file: opener,
    text: 'if (!epoch.streams.mark(claim.stream, counter)) return refused("replay", leaf)',
    replacement: "",
    test: { file: framesTest, name: "every frame passes once" },
  },
  {
    name: "authentication of frames",
    rule: "A2.07",
    file: opener,
    text: "openFrame(await epoch.streams.secretsOf(claim.stream.keyId), claim.sealed)",
    replacement: "openFrame(await epoch.streams.secretsOf(claim.stream.keyId), claim.sealed).then((data) => data ?? frame.data)",
    test: { file: framesTest, name: "no frame with one bit turned" },
  },
  {
    name: "removed member's old epoch: frames",
    rule: "A1.14",
    file: live,
    text: "for (const leaf of this.#members) if (!leaves.has(leaf)) this.#members.delete(leaf)",
    replacement: "if (leaves.size < 0) return",
    test: { file: "packages/crypto/src/sframe/key-ring.test.ts", name: "a leaf missing from the next epoch counts as removed" },
  },
  {
    name: "removed member's old epoch: its leaf given away",
    rule: "D24",
    file: live,
    text: "    for (const leaf of removed) this.#members.delete(leaf)\n",
    replacement: "",
    test: { file: "packages/crypto/src/sframe/key-ring.test.ts", name: "a leaf given to a new member in the same commit" },
  },
  {
    name: "own echo: frames",
    rule: "D24",
    file: live,
    text: "leaf !== this.own && ",
    replacement: "",
    test: { file: framesTest, name: "our own frames, sent back to us" },
  },
]
