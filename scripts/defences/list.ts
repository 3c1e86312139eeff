/** Every defence that `npm run defences` takes out in turn (architecture.md of the design calls the list; docs/threat-model.md the reasons). */
import type { Defence } from "./defence.ts"

export const defences: readonly Defence[] = [
  {
    name: "trailing bytes after a message",
    rule: "T6",
    file: "packages/wire/src/mls-envelope.ts",
    text: " || ciphertext.end !== bytes.length",
    replacement: "",
    test: { file: "packages/wire/src/mls-envelope.test.ts", name: "T6: " },
  },
]
