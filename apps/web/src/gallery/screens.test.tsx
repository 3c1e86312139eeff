import { renderToString } from "react-dom/server"
import { expect, test } from "vitest"
import { callFixtures } from "../call/call.fixtures.ts"
import { CallScreen } from "../call/call-screen.tsx"
import { loadLanguage } from "../i18n/language.ts"
import { Words } from "../i18n/use-words.ts"
import type { RoomActions } from "../view/room.ts"
import { screens } from "./screens.tsx"
import { silent } from "./silent.ts"

const drawn = (name: string): string => renderToString(screens.get(name))
const textOf = (html: string): string => html.replaceAll("<!-- -->", "").replace(/<[^>]+>/g, " ")

for (const tag of ["en", "de"]) {
  test(`L9: every screen draws from its fixture alone (${tag})`, async () => {
    const { say } = await loadLanguage([tag])
    for (const [name, screen] of screens) {
      const html = renderToString(<Words value={say}>{screen}</Words>)
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
  expect(textOf(drawn("lobby-denied"))).toMatch(/Your camera is blocked\s+Press the camera sign in the address bar/)
})

const nothing: RoomActions = {
  lobby: silent("lobby"),
  call: silent("call"),
  security: silent("security"),
  door: silent("door"),
  people: silent("people"),
  rules: silent("rules"),
  state: silent("state"),
}
