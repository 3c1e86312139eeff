import { codeOf } from "../config.ts"

/** Why the store could not be opened, as one sentence for the operator. */
export function storeSentence(folder: string, error: unknown): string {
  const said = error instanceof Error ? error.message : ""
  if (/ENOSPC|disk is full|disk I\/O/i.test(said))
    return `The disk of the data folder ${folder} is full: make room, or set CONCLAVE_DATA to another folder.`
  if (/locked/i.test(said))
    return `The data folder ${folder} is in use by another Conclave server: end it, or set CONCLAVE_DATA to another folder.`
  if (/not a database/i.test(said))
    return `The file conclave.sqlite in ${folder} is no database of ours: move it away, or set CONCLAVE_DATA to another folder.`
  return `The data folder ${folder} cannot be written (${codeOf(error)}): set CONCLAVE_DATA to one that can.`
}
