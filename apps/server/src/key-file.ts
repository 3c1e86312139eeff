/** Keys of the server's own: files of the data folder, made at the first start, readable by nobody else. */

import { randomBytes } from "node:crypto"
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs"
import { join } from "node:path"

const keyLength = 32

/** 32 random bytes, the same at every start. Throws what the file system says. */
export function keyInFolder(folder: string, name: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, name)
  makeKey(path)
  const key = readFileSync(path)
  if (key.length !== keyLength) throw new Error(`bug: the file ${name} has another length`)
  return key
}

function makeKey(path: string): void {
  let file: number
  try {
    // Exclusive: of two servers one makes it, and nothing that is there is ever overwritten.
    file = openSync(path, "wx", 0o600)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return
    throw error
  }
  try {
    writeSync(file, randomBytes(keyLength))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
