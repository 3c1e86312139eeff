/** Secrets of one run, and every spelling in which they could lie about. */

export interface Canary {
  readonly what: string
  readonly bytes: Buffer
}

export interface Place {
  readonly where: string
  readonly content: Buffer
}

export interface Hit {
  readonly what: string
  readonly where: string
  readonly form: string
}

/** A canary out of text. */
export const textCanary = (what: string, text: string): Canary => ({ what, bytes: Buffer.from(text) })

/**
 * The spellings of a secret: its bytes, hexadecimal, base64 and base64url. Inside a longer base64 text a secret
 * starts at one of three offsets, so the middle characters of all three are looked for.
 */
export function formsOf(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const forms = new Map<string, Buffer>([
    ["raw", bytes],
    ["hex", Buffer.from(bytes.toString("hex"))],
    ["HEX", Buffer.from(bytes.toString("hex").toUpperCase())],
    ["percent", Buffer.from(encodeURIComponent(bytes.toString("utf8")))],
    ["list of numbers", Buffer.from([...bytes].join(","))],
  ])
  for (const shift of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "")
    // The characters at both ends also depend on the neighbours.
    const certain = padded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6))
    forms.set(`base64+${shift}`, Buffer.from(certain))
    forms.set(`base64url+${shift}`, Buffer.from(certain.replaceAll("+", "-").replaceAll("/", "_")))
  }
  return forms
}

/** Looks for every canary in every spelling in every place. */
export function hunt(canaries: readonly Canary[], places: readonly Place[]): Hit[] {
  const hits: Hit[] = []
  for (const { what, bytes } of canaries) {
    if (bytes.length < 8) throw new Error(`bug: ${what} is too short to be told from chance`)
    for (const [form, spelling] of formsOf(bytes)) {
      for (const { where, content } of places) if (content.includes(spelling)) hits.push({ what, where, form })
    }
  }
  return hits
}
