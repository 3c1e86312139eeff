import { renderToString } from "react-dom/server"
import { expect, test } from "vitest"
import { callFixtures } from "../call/call.fixtures.ts"
import { CallScreen } from "../call/call-screen.tsx"
import type { RoomActions } from "../view/room.ts"
import { screens } from "./screens.tsx"
import { silent } from "./silent.ts"
import { spokenIn } from "./spoken.tsx"

const drawn = (name: string): string => renderToString(screens.get(name))
const textOf = (html: string): string => html.replaceAll("<!-- -->", "").replace(/<[^>]+>/g, " ")

for (const tag of ["en", "de", "fr", "es", "ar"] as const) {
  test(`L9: every screen draws from its fixture alone (${tag})`, async () => {
    const { In } = await spokenIn(tag)
    for (const [name, screen] of screens) {
      const html = renderToString(<In>{screen}</In>)
      expect(html.length, name).toBeGreaterThan(200)
      // A slot that nobody filled, or a value that is none.
      expect(textOf(html), name).not.toMatch(/\{[a-z]+\}|undefined|\[object|NaN/)
    }
  })
}

test("D15: the security panel shows eight numbered words, the same in every language, and 30 digits in their place", () => {
  const html = drawn("security")
  const list = /<ol class="words" lang="en">(.*?)<\/ol>/.exec(html)?.[1] ?? ""
  expect([...list.matchAll(/<li>(\w+)<\/li>/g)].map(([, word]) => word)).toEqual(callFixtures.security.security.words)
  expect(callFixtures.security.security.words).toHaveLength(8)
  expect(callFixtures.security.security.digits).toMatch(/^(\d{5} ){5}\d{5}$/)
})

test("D15: words that matched fold away, words that differ say what it means", () => {
  expect(drawn("security-matched")).not.toContain(`class="words"`)
  expect(textOf(drawn("security-differ"))).toContain("Someone may be between you")
})

test("D21: a guest is called a guest under the picture and in the roster, with a word and not only a sign", () => {
  expect(textOf(drawn("call"))).toMatch(/Mei Tanaka\s+Guest/)
  expect(textOf(drawn("security-levels"))).toMatch(/Mei Tanaka\s+Guest\s+Came by the link; nobody vouches for the name/)
})

test("D21: a changed key outranks every level", () => {
  expect(textOf(drawn("security-levels"))).toMatch(/Jonas Brandt\s+Key changed/)
})

test("D23: who has no verified name is shown without picture and without name", () => {
  const call = { ...callFixtures.call.call, tiles: [{ id: "new", who: { known: false } }] } as const
  const html = renderToString(
    <CallScreen
      call={{ ...call, self: { name: "Lena Fischer" } }}
      security={callFixtures.call.security}
      rules={callFixtures.call.rules}
      statistics={{ subscribe: () => () => undefined }}
      actions={nothing}
    />,
  )
  expect(html).not.toContain("<video")
  expect(textOf(html)).toContain("Nothing is shown until we know who it is.")
})

test("D23: a picture that does not open is a sentence, not a picture", () => {
  const tiles = callFixtures["call-states"].call.tiles.filter(({ id }) => id === "amal")
  const html = renderToString(
    <CallScreen
      call={{ ...callFixtures["call-states"].call, tiles }}
      security={callFixtures.call.security}
      rules={callFixtures.call.rules}
      statistics={{ subscribe: () => () => undefined }}
      actions={nothing}
    />,
  )
  expect(html).not.toContain("<video")
  expect(textOf(html)).toContain("We cannot read Amal Haddad yet")
})

test("L12: the seal counts the roster and its mark is closed only when sealed", () => {
  expect(drawn("call")).toMatch(/data-state="closed".{0,200}Sealed to 7 people/)
  expect(drawn("security-sealing")).toMatch(/class="seal".{0,400}data-state="open".{0,200}Agreeing on keys/)
  expect(drawn("call-media-paused")).toMatch(/class="seal alert".{0,400}data-state="fallen".{0,200}Nothing is sent/)
})

test("L13: a microphone without a level is a sentence and no bar; a blocked camera says why", () => {
  expect(drawn("lobby-no-level")).not.toContain(`role="meter"`)
  expect(textOf(drawn("lobby-no-level"))).toContain("No level available in this browser.")
  expect(textOf(drawn("lobby-denied"))).toMatch(/Your camera is blocked\s+Press the sign at the start of the address bar/)
})

test("D17.30, L17: at the door stand a name, its level and eight words that are the same in every language", () => {
  const html = drawn("door")
  expect(textOf(html)).toMatch(/Mira Solberg is at the door[^]*Let in[^]*Refuse[^]*Guest[^]*1 more waiting/)
  expect(html).toMatch(/<ol lang="en"><li>amber<\/li>/)
  expect(html).toMatch(/role="status"[^>]*><section class="prompt door"/)
  expect(html).not.toContain("autofocus")
})

test("D17.30, L17: with the people panel open its list asks, and the prompt does not ask a second time", () => {
  const text = textOf(drawn("people-door"))
  expect(text).not.toContain("is at the door")
  expect(text).toMatch(/At the door\s+3\s+Mira Solberg[^]*Let all in/)
})

test("L18: there is one yellow key among everyone who waits", () => {
  expect(drawn("people-door").match(/class="button primary"/g)).toHaveLength(1)
})

test("D17.30: who waits outside reads out the words that those inside see", () => {
  const words = /amber.*lunar/.exec(textOf(drawn("waiting")))?.[0]
  expect(words).toBe(/amber.*lunar/.exec(textOf(drawn("door")))?.[0])
  expect(textOf(drawn("waiting"))).toContain("the server cannot")
  expect(textOf(drawn("waiting-host"))).not.toContain("amber")
})

test("D4.13: a listener's microphone says so, and so does sharing where it is for hosts", () => {
  const text = textOf(drawn("call-listener"))
  expect(text).toContain("Listening")
  expect(text).toContain("Hosts share")
  expect(text).toContain("ask Ines Okafor")
  expect(text).not.toContain("Mic on")
})

test("D4.11: who cannot sign reads the rules and finds no switch", () => {
  expect(drawn("rules-member")).not.toMatch(/role="switch"|Replace the link/)
  expect(drawn("rules")).toMatch(/role="switch"/)
})

test("D4.13: a menu offers what its view says and nothing else", () => {
  expect(drawn("people-member")).not.toContain("Make host")
  expect(textOf(drawn("people-member"))).toMatch(/Ines Okafor[^]*Host/)
})

test("D21: a name like another's is flagged in words, beside its level", () => {
  expect(textOf(drawn("security-similar"))).toMatch(/Ines 0kafor\s+Guest[^]*Looks like “Ines Okafor”/)
})

test("D15: a person's number has sixty digits in groups of five, and can be marked as compared", () => {
  expect(textOf(drawn("security-person"))).toMatch(/(\d{5}\s+){12}The numbers match/)
})

test("D8.10: a refused change names who tried it and says that nothing changed", () => {
  const text = textOf(drawn("call-refused-commit"))
  expect(text).toContain("Jonas Brandt tried to change the rules of this room")
  expect(text).toContain("Nothing changed.")
})

const nothing: RoomActions = {
  lobby: silent("lobby"),
  call: silent("call"),
  security: silent("security"),
  door: silent("door"),
  password: silent("password"),
  people: silent("people"),
  rules: silent("rules"),
  state: silent("state"),
}
