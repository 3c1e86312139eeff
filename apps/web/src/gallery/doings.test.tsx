import { renderToString } from "react-dom/server"
import { expect, test } from "vitest"
import { clockText } from "../call/clock.ts"
import { statisticsFixtures } from "../call/statistics.fixtures.ts"
import { summaryOf } from "../call/statistics-plots.tsx"
import { lineOf } from "../call/statistics-series.ts"
import { StatisticsTable } from "../call/statistics-table.tsx"
import { english } from "../i18n/words.ts"
import { screens } from "./screens.tsx"

const drawn = (name: string): string => renderToString(screens.get(name))
const textOf = (html: string): string => html.replaceAll("<!-- -->", "").replace(/<[^>]+>/g, " ")

test("L30: the strip has eight controls, and what is reached for rarely is behind the last but one", () => {
  const controls = drawn("call").match(/class="control /g)
  expect(controls).toHaveLength(8)
  expect(textOf(drawn("call"))).not.toMatch(/Copy link|Statistics|Settings/)
})

test("L32: hands stand in the people panel in the order of the queue, each with who may lower it", () => {
  const html = drawn("people-hands")
  expect(textOf(html)).toMatch(/Raised hands\s+3\s+Amal Haddad[^]*You[^]*Ravi Menon/)
  expect(html).toContain(`aria-label="Lower Amal Haddad’s hand"`)
  expect(textOf(drawn("call-hands"))).toContain("Lower hand")
})

test("L34: who is asked to unmute reads by whom, and nothing takes the focus", () => {
  const html = drawn("call-unmute-asked")
  expect(textOf(html)).toMatch(/Ines Okafor asks you to unmute\s+Only you can switch it on/)
  expect(html).toMatch(/role="status"[^>]*><section class="prompt"/)
  expect(html).not.toContain("autofocus")
})

test("L34: who speaks while muted is told, unless something else is already said there", () => {
  expect(textOf(drawn("call-talking-muted"))).toContain("Nobody hears what you say")
})

test("L36: the clock counts hours from the first one on", () => {
  expect(clockText(59, english)).toBe("59 min")
  expect(clockText(60, english)).toBe("1 h 00 min")
  expect(clockText(125, english)).toBe("2 h 05 min")
})

test("L37: a table tells everyone's numbers, and a plot says in words what it shows", () => {
  const { people } = statisticsFixtures.viewAt(89)
  const html = renderToString(<StatisticsTable people={people} chosen="amal" onChoose={() => undefined} />)
  expect(textOf(html)).toMatch(/Amal Haddad\s+\d+\s+\d\.\d\s+\d+\s+58/)
  expect(html.match(/aria-pressed="true"/g)).toHaveLength(1)
  const [ines] = people
  if (ines === undefined) throw new Error("bug: nobody was measured")
  const text = (value: number | undefined): string => (value === undefined ? "nothing" : `${Math.round(value)} kbit/s`)
  expect(summaryOf("Bitrate", lineOf(ines, "kbps"), { text, say: english })).toMatch(
    /^Bitrate: now \d+ kbit\/s, between \d+ kbit\/s and \d+ kbit\/s in/,
  )
})

test("L38: trouble of the network says what happened, and offers sound only; what goes by itself has nothing to close", () => {
  const weak = textOf(drawn("call-weak-network"))
  expect(weak).toMatch(/Your network is weak\s+Pictures are reduced so that sound goes on\.\s+Sound only\s+Close/)
  expect(textOf(drawn("call-server-away"))).toMatch(/The server does not answer/)
  expect(textOf(drawn("call-server-away"))).not.toContain("Close")
})

test("L33: whoever's call was ended for everyone reads by whom", () => {
  expect(textOf(drawn("ended-by-host"))).toMatch(/The call was ended for everyone\s+Ines Okafor ended it\./)
})
