/**
 * A server that lies to one page: what arrives on the page's socket is what the test lets through or makes up. The lie is
 * told inside the page, where the product cannot tell it from the server's own words.
 */

import type { Page } from "puppeteer-core"

/**
 * `honest` passes everything on. `silent` passes nothing on. `alone` answers this page's commits as if each had won its
 * epoch, and keeps the log of the others from it; what is not in the log still passes.
 */
type Manner = "honest" | "silent" | "alone"

interface Wire {
  manner: Manner
  /** Envelopes the server said to this page, as text. */
  readonly heard: string[]
  tell: (text: string) => void
}

type WithWire = typeof globalThis & { __wire: Wire }

/** Runs in the page before any of its scripts. Self-contained: it is sent as text. */
function lie(): void {
  const Native = globalThis.WebSocket
  let seq = 0
  let tellNewest: (text: string) => void = () => undefined
  const wire: Wire = {
    manner: "honest",
    heard: [],
    tell: (text) => {
      tellNewest(text)
    },
  }
  Object.defineProperty(globalThis, "__wire", { value: wire })

  class Lying extends Native {
    override addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
      if (type !== "message" || typeof listener !== "function") {
        super.addEventListener(type, listener)
        return
      }
      const tell = (text: string): void => {
        listener(new MessageEvent("message", { data: text }))
      }
      tellNewest = tell
      super.addEventListener("message", (event: MessageEvent<string>) => {
        wire.heard.push(event.data)
        const envelope = JSON.parse(event.data) as { type: string; entries?: { seq: number }[] }
        if (wire.manner === "silent") return
        if (wire.manner === "alone" && ["entries", "accepted", "refused", "outvoted"].includes(envelope.type)) return
        for (const entry of envelope.entries ?? []) seq = Math.max(seq, entry.seq)
        tell(event.data)
      })
    }

    override send(data: string): void {
      const envelope = JSON.parse(data) as { type: string; request: number; epoch: number; commit: string }
      if (wire.manner !== "alone" || envelope.type !== "commit") {
        super.send(data)
        return
      }
      seq += 1
      const { request, epoch, commit } = envelope
      const entry = { type: "commit", seq, epoch, attempt: 0, from: "A".repeat(22), adds: [], removes: [], commit }
      tellNewest(JSON.stringify({ type: "accepted", request, seq }))
      tellNewest(JSON.stringify({ type: "entries", entries: [entry] }))
    }
  }
  globalThis.WebSocket = Lying
}

/** For `prepare` of a person: its wire can be lied on from now on. */
export const withLyingWire = async (page: Page): Promise<void> => {
  await page.evaluateOnNewDocument(lie)
}

/** How the server treats this page from now on. */
export const setManner = (page: Page, manner: Manner): Promise<void> =>
  page.evaluate((next) => {
    ;(globalThis as WithWire).__wire.manner = next
  }, manner)

/** Says something to the page in the server's name. */
export const tell = (page: Page, envelope: object): Promise<void> =>
  page.evaluate((text) => {
    ;(globalThis as WithWire).__wire.tell(text)
  }, JSON.stringify(envelope))

/** What the server has said to this page of one type, oldest first. */
export async function heardOf(page: Page, type: string): Promise<Record<string, unknown>[]> {
  const heard = await page.evaluate(() => (globalThis as WithWire).__wire.heard)
  return heard.map((text) => JSON.parse(text) as Record<string, unknown>).filter((envelope) => envelope["type"] === type)
}
