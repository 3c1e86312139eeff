/** Fuzz targets: every parser of this folder that reads what others wrote. None may throw or hang. */

import { joined, utf8 } from "../bytes.ts"
import { bundleSample, type FuzzTarget } from "../room/fuzz.ts"
import { readHeader } from "./envelope.ts"
import { filled } from "./filling.ts"
import { parseMessage } from "./messages.ts"
import { parseNote } from "./note.ts"

/** Behind version and wire format: group id, epoch, content type, authenticated data, sender data, ciphertext. */
const tail = joined(Uint8Array.of(16), new Uint8Array(24), Uint8Array.of(3, 0, 2, 1, 2, 0x40, 0x40), new Uint8Array(64))

const texts = [
  `{"epoch":1,"kind":"heartbeat","media":{"camera":false,"microphone":true,"screen":false},"state":"","transcript":"${"A".repeat(64)}"}`,
  '{"body":"{}","kind":"word"}',
  '{"kind":"leave"}',
  '{"kind":"ask","leaves":[0,1023]}',
  `{"bundles":[${bundleSample}],"kind":"introduce"}`,
  `{"blocked":[],"former":["${"A".repeat(43)}"],"isUsed":true,"kind":"standing"}`,
  `{"devices":["${"A".repeat(43)}"],"isBlocked":true,"kind":"block"}`,
]

const note = `{"adds":[${bundleSample}],"removes":[{"leaf":1023,"why":"left"}],"secret":"${"A".repeat(22)}"}`

export const mlsFuzzTargets: readonly FuzzTarget[] = [
  { name: "mls/header", samples: [joined(Uint8Array.of(0, 1, 0, 2), tail)], run: (bytes) => void readHeader(bytes) },
  // Past the version and wire format, which random bytes seldom hit.
  { name: "mls/header-tail", samples: [tail], run: (bytes) => void readHeader(Uint8Array.of(0, 1, 0, 2, ...bytes)) },
  { name: "mls/note", samples: [utf8(note)], run: (bytes) => void parseNote(bytes) },
  { name: "mls/message", samples: texts.map(utf8), run: (bytes) => void [bytes, filled(bytes)].map(parseMessage) },
]
