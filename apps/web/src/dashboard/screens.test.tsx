import { renderToString } from "react-dom/server"
import { expect, test } from "vitest"
import { dashboardScreens } from "../gallery/dashboard-screens.tsx"

const screens = new Map(dashboardScreens)
const drawn = (name: string): string => renderToString(screens.get(name))
const textOf = (html: string): string => html.replaceAll("<!-- -->", "").replace(/<[^>]+>/g, " ")
const rowsIn = (html: string): string[] => html.split('<li class="row">').slice(1)

test("D41.34: the mark is closed for sealed rooms only, and a room that is not says so in the colour of alert", () => {
  for (const row of rowsIn(drawn("dashboard-rooms"))) {
    const isOpen = row.includes("Open to the server")
    expect(row).toContain(
      isOpen ? 'class="level alert"><svg class="mark " viewBox="0 0 24 24" aria-hidden="true" data-state="open"' : 'data-state="closed"',
    )
    expect(row.includes('data-state="closed"')).toBe(!isOpen)
  }
  expect(textOf(drawn("dashboard-room-open"))).toContain("Whoever runs this server can see, hear and read everything in this room.")
})

test("D41.36: what encryption off means stands beside the switch before a room is made so", () => {
  expect(textOf(drawn("dashboard-rooms-open"))).toMatch(/Whoever runs this server can see, hear and read the whole call/)
  expect(textOf(drawn("dashboard-rooms"))).not.toMatch(/whoever breaks in/)
})

test("D41.30: a member finds no parts beyond the role, and no switch that opens a room to the server", () => {
  const html = drawn("dashboard-rooms-member")
  expect([...html.matchAll(/href="\/dashboard\/([a-z]+)"/g)].map(([, part]) => part)).toEqual(["rooms", "live", "people", "teams"])
  expect(html).toMatch(/role="switch"[^>]*disabled=""[^>]*checked=""|role="switch"[^>]*checked=""[^>]*disabled=""/)
  expect(textOf(drawn("dashboard-room-read"))).not.toMatch(/Delete the room|Make a secret link|Save/)
  expect(textOf(drawn("dashboard-not-yours"))).toContain("That is not for your role")
})

test("D41.33: what is loading has a place, what was refused a way out, what is empty something to do", () => {
  expect(drawn("dashboard-rooms-loading")).toMatch(/class="card awaited" role="status">Loading/)
  expect(drawn("dashboard-rooms-away")).toMatch(/role="alert".*Try again/)
  expect(textOf(drawn("dashboard-rooms-none"))).toContain("Make one here. It is sealed unless you choose otherwise.")
  expect(textOf(drawn("dashboard-no-team"))).toMatch(/There is no team yet.*New team/)
})

test("D41.38: live calls name nobody, and say why", () => {
  const text = textOf(drawn("dashboard-live"))
  expect(text).toMatch(/No names stand here: they are sealed.*Budget review.*7 inside/)
  expect(text).not.toMatch(/Ravi|Amal/)
})

test("D41.40: a plot says in words what it shows, and its days stand in a table", () => {
  const html = drawn("dashboard-usage")
  expect(html).toMatch(/role="img" aria-label="Calls: \d+ in all"/)
  expect(html).toMatch(/<table class="table">.*Nov 20, 2026/)
})
