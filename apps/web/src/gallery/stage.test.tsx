import { renderToString } from "react-dom/server"
import { expect, test } from "vitest"
import { screens } from "./screens.tsx"

const drawn = (name: string): string => renderToString(screens.get(name))
const textOf = (html: string): string => html.replaceAll("<!-- -->", "").replace(/<[^>]+>/g, " ")
const captions = (name: string): string[] => [...drawn(name).matchAll(/<figcaption.*?<\/figcaption>/g)].map(([one]) => textOf(one))
/** Who stands large and who in the row, by the first word of the name. */
const main = (name: string): string => /class="several".*?(?=<ul class="filmstrip|<\/main>)/.exec(drawn(name))?.[0] ?? ""
const row = (name: string): string => /<ul class="filmstrip.*?<\/ul>/.exec(drawn(name))?.[0] ?? ""

test("L21: who speaks stands large in the speaker's layout, and at the side's", () => {
  for (const name of ["call-speaker", "call-sidebar"]) {
    expect(textOf(main(name))).toContain("Amal Haddad")
    expect(textOf(main(name))).not.toContain("Tomás")
  }
  expect(drawn("call-sidebar")).toMatch(/class="speaker aside/)
})

test("L23: whoever stands large keeps a place in the row, without a second picture", () => {
  const html = row("call-pinned")
  expect([...html.matchAll(/<li/g)]).toHaveLength(6)
  expect([...html.matchAll(/<video/g)]).toHaveLength(5)
  expect(textOf(html)).toMatch(/MT\s+Shown large\s+Mei Tanaka/)
})

test("L22: several screens are named, and one of them is chosen", () => {
  expect(drawn("call-shares-one")).toMatch(/role="radio"[^>]*aria-checked="true"[^>]*><bdi>Tomás Rehn/)
  expect([...main("call-shares").matchAll(/<video/g)]).toHaveLength(2)
  expect([...main("call-shares-one").matchAll(/<video/g)]).toHaveLength(1)
})

test("L29: a caption has the hand's place in the queue, a reaction and a weak connection in words", () => {
  const [ines, tomas, amal, ravi, jonas] = captions("call-busy")
  expect(amal).toMatch(/Amal Haddad\s+Hand up\s+1\s+1 in the queue/)
  expect(tomas).toMatch(/Tomás Rehn\s+Clap/)
  expect(ravi).toMatch(/Heart/)
  expect(drawn("call-busy")).toContain(`aria-label="Weak connection"`)
  expect(drawn("call-busy")).toContain(`aria-label="Very weak connection"`)
  expect(`${ines ?? ""}${jonas ?? ""}`).not.toContain("Hand up")
})

test("L29: every named person's tile has a menu that says whose it is", () => {
  expect([...drawn("call").matchAll(/aria-label="[^"]*: what to do"/g)]).toHaveLength(6)
})

test("L25: one's own screen is a sentence, never a picture of itself", () => {
  expect(textOf(drawn("call-own-share"))).toContain("You are showing your screen.")
  expect(drawn("call-own-share")).not.toContain(`class="subject"`)
})

test("L21: whom a host spotlights reads it, and a host takes it back there", () => {
  expect(textOf(drawn("call-self-spotlit"))).toMatch(/You are large for everyone\.\s+No longer large for everyone/)
})

test("L28: without such a window in this browser none is offered", () => {
  expect(textOf(drawn("call-more"))).not.toContain("Small window")
})

test("D23.14: who wants sound only sees initials, never the last picture that came", () => {
  const stage = /<main.*?<\/main>/.exec(drawn("call-audio-only"))?.[0] ?? ""
  expect(stage).not.toContain("<video")
  expect(textOf(stage)).toContain("Pictures are off on this device")
})
