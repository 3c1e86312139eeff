/**
 * Which of the others' media this device fetches. Pure. What nobody looks at is not fetched, and nobody decodes a hundred
 * microphones (D23.10 to D23.20). The SFU obeys or does not: whose frames arrive is decided by their key ids alone (D23).
 */

import type { MemberId } from "@conclave/wire"

/**
 * How large a picture is shown, in three steps that fit the layers people send. The SFU learns the step and never the
 * size of somebody's window.
 */
export type Size = "small" | "middle" | "large"

/** What is fetched of one member. */
export interface Want {
  readonly microphone: boolean
  readonly camera?: Size
  readonly screen?: Size
  readonly screenAudio: boolean
}

export type Wants = ReadonlyMap<MemberId, Want>

/** Another member, by its own signed word. */
export interface Other {
  readonly member: MemberId
  readonly isMuted: boolean
  readonly showsScreen: boolean
}

/** Something of somebody on this screen. Sizes in pixels of the screen. `id` is the member's, or the member's with a suffix after a slash. */
export interface OnScreen {
  readonly id: string
  readonly what: "camera" | "screen"
  readonly width: number
  readonly height: number
  /** In a small window of its own, which is seen while the page is hidden. */
  readonly isFloating?: boolean
}

export interface Looking {
  readonly others: readonly Other[]
  /** Undefined until the stage has said what it shows: then everybody counts as shown. */
  readonly shown: readonly OnScreen[] | undefined
  /** By their own sealed word, newest first. */
  readonly speakers: readonly MemberId[]
  readonly isAudioOnly: boolean
  /** Nobody has looked at the page for a while: sound goes on, pictures do not. */
  readonly isHidden: boolean
}

/** D23.11: with more others than this, only those who speak are heard. */
export const everybodyUpTo = 12
/** D23.12: so many microphones at once then. */
export const microphonesAtOnce = 8

/** D23.10 to D23.14. */
export function wantsOf(looking: Looking): Wants {
  const heard = heardOf(looking)
  const wants = new Map<MemberId, Want>()
  for (const { member, showsScreen } of looking.others) {
    const [camera, screen] = [sizeOf(looking, member, "camera"), showsScreen ? sizeOf(looking, member, "screen") : undefined]
    wants.set(member, {
      microphone: heard.has(member),
      screenAudio: showsScreen,
      ...(camera === undefined ? {} : { camera }),
      ...(screen === undefined ? {} : { screen }),
    })
  }
  return wants
}

/** D23.20: whether everything is wanted that members usually send. So it is as every small call begins, and asking one by one takes longer. */
export const wantsAll = (wants: Wants): boolean => [...wants.values()].every(({ microphone, camera }) => microphone && camera !== undefined)

/** Who spoke last, then who could speak at any moment: in most large calls few microphones are on, and nobody's first word is cut. */
function heardOf({ others, speakers }: Looking): ReadonlySet<MemberId> {
  const present = others.map(({ member }) => member)
  if (present.length <= everybodyUpTo) return new Set(present)
  const open = others.filter(({ isMuted }) => !isMuted).map(({ member }) => member)
  const spoke = speakers.filter((member) => present.includes(member))
  return new Set([...new Set([...spoke, ...open])].slice(0, microphonesAtOnce))
}

function sizeOf({ others, shown, isAudioOnly, isHidden }: Looking, member: MemberId, what: OnScreen["what"]): Size | undefined {
  if (isAudioOnly) return undefined
  if (shown === undefined) return isHidden ? undefined : what === "screen" ? "large" : usualSize(others.length)
  const seen = shown.filter(({ isFloating }) => !isHidden || isFloating === true)
  const heights = seen.filter((one) => one.what === what && ownerOf(one.id) === member).map(({ height }) => height)
  return heights.length === 0 ? undefined : stepOf(Math.max(...heights))
}

const ownerOf = (id: string): string => id.split("/", 1)[0] ?? id

/** D23.13: a little enlarging is not seen; each step up costs four times the bytes. */
export function stepOf(height: number): Size {
  if (height <= 240) return "small"
  return height <= 480 ? "middle" : "large"
}

/** What fits a tile on a usual screen when so many others are shown. */
function usualSize(others: number): Size {
  if (others <= 1) return "large"
  return others <= 8 ? "middle" : "small"
}

/** D23.15: what stops being wanted is let go this much later, in ms, so that turning a page twice fetches nothing anew. */
export const lingerMs = 2_000

/** How much of one medium is fetched (0: nothing), and until when. Infinity: it is wanted. */
interface Held {
  readonly level: number
  readonly until: number
}

/** Microphone, camera, screen, sound of the screen. */
type HeldOf = readonly [Held, Held, Held, Held]

/** What is fetched at the moment: what is wanted, and what was until a moment ago. */
export interface Fetched {
  readonly wants: Wants
  /** When something is let go next, in ms. */
  readonly nextAt: number | undefined
  readonly held: ReadonlyMap<MemberId, HeldOf>
}

export const nothingFetched: Fetched = { wants: new Map(), nextAt: undefined, held: new Map() }

/** D23.15: more is asked for at once, less 2 s later. Whoever has left the call is let go at once. */
export function fetchedAt(before: Fetched, wants: Wants, now: number): Fetched {
  const held = new Map<MemberId, HeldOf>()
  for (const [member, want] of wants) {
    const [microphone, camera, screen, screenAudio] = before.held.get(member) ?? []
    held.set(member, [
      hold(microphone, Number(want.microphone), now),
      hold(camera, levelOf(want.camera), now),
      hold(screen, levelOf(want.screen), now),
      hold(screenAudio, Number(want.screenAudio), now),
    ])
  }
  const ends = [...held.values()].flatMap((all) => all.map(({ until }) => until)).filter((until) => until !== Infinity)
  return {
    wants: new Map([...held].map(([member, levels]) => [member, wantOf(levels)])),
    nextAt: ends.length === 0 ? undefined : Math.min(...ends),
    held,
  }
}

function hold(before: Held | undefined, level: number, now: number): Held {
  if (before === undefined || level >= before.level) return { level, until: Infinity }
  if (before.until === Infinity) return { level: before.level, until: now + lingerMs }
  return before.until > now ? before : { level, until: Infinity }
}

const steps: readonly (Size | undefined)[] = [undefined, "small", "middle", "large"]

const levelOf = (size: Size | undefined): number => steps.indexOf(size)

function wantOf([microphone, camera, screen, screenAudio]: HeldOf): Want {
  const [cameraSize, screenSize] = [steps[camera.level], steps[screen.level]]
  return {
    microphone: microphone.level > 0,
    screenAudio: screenAudio.level > 0,
    ...(cameraSize === undefined ? {} : { camera: cameraSize }),
    ...(screenSize === undefined ? {} : { screen: screenSize }),
  }
}
