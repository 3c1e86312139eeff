import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { root } from "../program.ts"
import { ourVectors } from "./ours.ts"

test("D32: our vectors are those that their script makes, none more and none less", () => {
  const folder = join(root, "packages/crypto/vectors/ours")
  const vectors = ourVectors()
  expect(
    readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .sort(),
  ).toEqual([...vectors.keys()].sort())
  for (const [file, text] of vectors) expect(readFileSync(join(folder, file), "utf8"), file).toBe(text)
})
