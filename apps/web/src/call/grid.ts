/** Where faces stand: steps of the grid and who has which place. Pure; time is an input. Rules L1 to L8 of docs/protocol.md. */

export type ScreenShape = "wide" | "upright" | "phone"

export interface Step {
  readonly cols: number
  readonly rows: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

const step = (cols: number, rows: number): Step => ({ cols, rows })

const wideSteps = [step(1, 1), step(2, 1), step(2, 2), step(3, 2), step(3, 3), step(4, 3), step(4, 4), step(5, 4), step(5, 5)]

/** L1: columns by rows. Upright screens swap them; a phone has steps of its own. */
export const steps: Readonly<Record<ScreenShape, readonly Step[]>> = {
  wide: wideSteps,
  upright: wideSteps.map(({ cols, rows }) => step(rows, cols)),
  phone: [step(1, 1), step(1, 2), step(2, 2), step(2, 3), step(2, 4)],
}

/** Pixels, as tokens.css has them; `narrowest` is the picture under which pages begin, `aspect` the tallest a picture gets. */
const measures = {
  wide: { gap: 10, narrowest: 200, aspect: 1.2 },
  upright: { gap: 10, narrowest: 200, aspect: 1 },
  phone: { gap: 8, narrowest: 140, aspect: 0.9 },
} as const
const captionHeight = 28
const widestAspect = 16 / 9

/** By the window, never by the stage: a panel that opens changes sizes, not columns (L8). */
export function shapeOf(window: Size): ScreenShape {
  if (window.width <= 640) return "phone"
  return window.width < window.height ? "upright" : "wide"
}

/** L1: the first step that holds so many places; the last one when none does. */
export function stepFor(shape: ScreenShape, places: number): Step {
  return steps[shape].find(({ cols, rows }) => cols * rows >= places) ?? lastOf(steps[shape])
}

/** L2: the size of one picture in a stage of this size. */
export function pictureIn(shape: ScreenShape, { cols, rows }: Step, stage: Size): Size {
  const { gap, aspect } = measures[shape]
  const width = (stage.width - (cols - 1) * gap) / cols
  const height = (stage.height - (rows - 1) * gap) / rows - captionHeight
  return { width: Math.min(width, height * widestAspect), height: Math.min(height, width / aspect) }
}

/** L3: how many places one page holds: the largest step whose pictures are not too narrow, and one place at least. */
export function pageSize(shape: ScreenShape, stage: Size): number {
  const wideEnough = steps[shape].filter((candidate) => pictureIn(shape, candidate, stage).width >= measures[shape].narrowest)
  const { cols, rows } = wideEnough.at(-1) ?? step(1, 1)
  return cols * rows
}

export type Place = { readonly kind: "taken"; readonly id: string } | { readonly kind: "empty"; readonly since: number }

/** Places in order of arrival, over all pages. */
export type Seating = readonly Place[]

/** How long a leaver's place stays empty before the others close up. Milliseconds. */
export const closingAfter = 8000

export interface Seated {
  /** Everyone but this device, in order of arrival. */
  readonly ids: readonly string[]
  /** Milliseconds. */
  readonly now: number
  /** Pointer or focus is in the grid: nothing may move under it. */
  readonly isHeld: boolean
}

/** Seats people. Returns the same seating when nothing changes. Order is order of arrival, never loudness (L4, L5, L6). */
export function seat(before: Seating, { ids, now, isHeld }: Seated): Seating {
  const present = new Set(ids)
  const places: Place[] = before.map((place) => (place.kind === "taken" && !present.has(place.id) ? { kind: "empty", since: now } : place))
  const seated = new Set(places.flatMap((place) => (place.kind === "taken" ? [place.id] : [])))
  for (const id of ids) if (!seated.has(id)) takePlace(places, id)
  const kept = isHeld ? places : places.filter((place) => place.kind === "taken" || now - place.since < closingAfter)
  return isSame(before, kept) ? before : kept
}

/** L4: a newcomer takes the first empty place, else a new one at the end. */
function takePlace(places: Place[], id: string): void {
  const empty = places.findIndex((place) => place.kind === "empty")
  places[empty < 0 ? places.length : empty] = { kind: "taken", id }
}

/** When `seat` should be asked again though nobody came or went. Undefined: not before somebody does. */
export function closesAt(seating: Seating): number | undefined {
  const times = seating.flatMap((place) => (place.kind === "empty" ? [place.since + closingAfter] : []))
  return times.length === 0 ? undefined : Math.min(...times)
}

export interface PageWanted {
  readonly page: number
  readonly size: number
  /** Somebody of another page who has spoken long enough (L7). */
  readonly loud?: string | undefined
}

/** The places of one page. L7: a speaker of another page stands in its last place. */
export function placesOn(seating: Seating, { page, size, loud }: PageWanted): Seating {
  const places = seating.slice(page * size, (page + 1) * size)
  const speaker = seating.find((place) => place.kind === "taken" && place.id === loud)
  if (speaker === undefined || places.includes(speaker) || places.length === 0) return places
  return [...places.slice(0, -1), speaker]
}

/** How many pages there are; one for an empty call. */
export const pagesOf = (seating: Seating, size: number): number => Math.max(1, Math.ceil(seating.length / size))

/** How long somebody of another page must speak to be fetched. Milliseconds. */
export const fetchedAfter = 2000

export interface Listening {
  /** Who is fetched to the page. */
  readonly loud?: string | undefined
  /** Who speaks unseen, since when. */
  readonly waiting?: { readonly id: string; readonly since: number } | undefined
}

/** L7: fetches who has spoken for two seconds unseen. They stay until another is fetched or the page is turned. */
export function listen(before: Listening, heard: { readonly unseen: readonly string[]; readonly now: number }): Listening {
  const { waiting } = before
  if (waiting !== undefined && heard.unseen.includes(waiting.id))
    return heard.now - waiting.since < fetchedAfter ? before : { loud: waiting.id }
  const [id] = heard.unseen
  if (id === undefined) return waiting === undefined ? before : { loud: before.loud }
  return { loud: before.loud, waiting: { id, since: heard.now } }
}

function isSame(a: Seating, b: Seating): boolean {
  return a.length === b.length && a.every((place, index) => place === b[index])
}

function lastOf(list: readonly Step[]): Step {
  const last = list.at(-1)
  if (last === undefined) throw new Error("bug: no steps")
  return last
}
