/** `npm run vectors`: writes our own test vectors anew. They change only when the protocol does: look at the difference before it is committed. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { main, root } from "./program.ts"
import { ourVectors } from "./vectors/ours.ts"

const folder = join(root, "packages/crypto/vectors/ours")

await main(() => {
  for (const [file, text] of ourVectors()) {
    const path = join(folder, file)
    const isSame = before(path) === text
    if (!isSame) writeFileSync(path, text)
    console.log(`${isSame ? "same   " : "written"}  ${file}`)
  }
  return Promise.resolve(0)
})

function before(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return undefined
  }
}
