/** What the documents claim: the rules of docs/protocol.md and the rows of docs/threat-model.md. */
import { idsWithin } from "./ids.ts"

export interface Claim {
  readonly id: string
  readonly text: string
  /** What no test can show: a limit that is stated, or something that is not built yet. */
  readonly exempt?: "stated limit" | "later"
  /** Ids whose tests prove this claim; its own id when the document names no other. */
  readonly provenBy: readonly string[]
}

const rule = /^(?:[-*] )?\*\*([A-Z]\d+(?:\.\d+)*)\*\* *(.*)$/

/** Rules of the protocol: lines `**D9.2** One sentence.`, with `(stated limit)` or `(later: …)` where no test can be. */
export function rulesIn(document: string): Claim[] {
  return document.split("\n").flatMap((line) => {
    const [, id, text] = rule.exec(line) ?? []
    return id === undefined || text === undefined ? [] : [claim(id, text, [id])]
  })
}

/** Rows of the threat model: tables whose first cell is an id and whose last cell names the ids of the tests. */
export function rowsIn(document: string): Claim[] {
  return document.split("\n").flatMap((line) => {
    if (!/^\| *\**[A-Z]\d+(\.\d+)*\** *\|/.test(line)) return []
    const cells = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim())
    const [first = "", text = ""] = cells
    const id = first.replaceAll("*", "")
    const proof = cells.at(-1) ?? ""
    const named = idsWithin(proof)
    return [claim(id, text, named.length > 0 ? named : [id], proof)]
  })
}

function claim(id: string, text: string, provenBy: readonly string[], mark = text): Claim {
  const exempt = /^\(?stated limit\b/.test(mark) ? "stated limit" : /^\(?later\b/.test(mark) ? "later" : undefined
  return { id, text, provenBy, ...(exempt === undefined ? {} : { exempt }) }
}

/** Rules first, then rows; an id that both name is one claim that needs the proofs of both. */
export function claimsOf(documents: { readonly protocol: string; readonly threatModel: string }): Claim[] {
  const merged = new Map<string, Claim>()
  for (const each of [...rulesIn(documents.protocol), ...rowsIn(documents.threatModel)]) {
    const earlier = merged.get(each.id)
    merged.set(each.id, earlier === undefined ? each : { ...earlier, provenBy: [...new Set([...earlier.provenBy, ...each.provenBy])] })
  }
  return [...merged.values()]
}

/** Ids that the protocol gives to two rules: a second meaning would hide behind the first one's test. */
export function doubledRules(protocol: string): string[] {
  const ids = rulesIn(protocol).map((each) => each.id)
  return ids.filter((id, at) => ids.indexOf(id) !== at)
}
