/**
 * When a way to the SFU counts as dead. Pure; time comes in, in ms. Browsers take 15 to 30 s to give a connection up, the SDK waits for
 * them: too long for people who talk. Rules D26.30 to D26.32 of docs/protocol.md.
 */

/** Pace of the looks, in ms. */
export const lookMs = 500
/** D26.30: a connection that was up and says it is not any more for this long is dead. */
export const brokenMs = 2_000
/** D26.31: the same for one that says it is up, and over which nothing comes any more. */
export const deafMs = 5_000
/** A look this late means that the machine slept; nothing that lies before counts. */
const leapMs = 5_000
/** So many looks in a row must have seen it: a machine out of breath looks rarely. */
const looksToBreak = 3
const looksToGoDeaf = 8
/** So many looks in a row with news make a stream of packets; single reports every few seconds do not. */
const streamLooks = 4

/** What one look sees. */
export interface Look {
  readonly at: number
  readonly state: RTCPeerConnectionState
  /** Bytes received so far. */
  readonly received: number
  /** Something of somebody is asked for. Alone one hears nothing, and rightly. */
  readonly isExpecting: boolean
}

export interface LinkWatch {
  readonly last: Look | undefined
  /** Since when the connection is not up; undefined while it is, or before it first was. */
  readonly brokenSince: number | undefined
  readonly wasUp: boolean
  /** When something last came. */
  readonly heardAt: number
  /** Looks in a row that brought something. */
  readonly run: number
  /** Looks in a row that brought nothing, and that found the connection not up. */
  readonly silent: number
  readonly broken: number
  readonly isDead: boolean
}

export const unwatched: LinkWatch = {
  last: undefined,
  brokenSince: undefined,
  wasUp: false,
  heardAt: 0,
  run: 0,
  silent: 0,
  broken: 0,
  isDead: false,
}

/** D26.30, D26.31. What was dead stays dead: its end is final. */
export function watched(before: LinkWatch, look: Look): LinkWatch {
  if (before.isDead) return before
  const hasSlept = before.last !== undefined && look.at - before.last.at > leapMs
  const isUp = look.state === "connected"
  const hasNews = before.last === undefined || look.received > before.last.received
  const heardAt = hasNews || hasSlept ? look.at : before.heardAt
  const isStream = before.run >= streamLooks
  const run = !look.isExpecting ? 0 : hasNews ? before.run + 1 : isStream ? before.run : 0
  const brokenSince = isUp || !before.wasUp ? undefined : hasSlept ? look.at : (before.brokenSince ?? look.at)
  const [silent, broken] = [hasNews || hasSlept ? 0 : before.silent + 1, brokenSince === undefined || hasSlept ? 0 : before.broken + 1]
  const isBroken = brokenSince !== undefined && look.at - brokenSince >= brokenMs && broken >= looksToBreak
  const isOver = before.wasUp && (look.state === "failed" || look.state === "closed")
  const isDeaf = isStream && look.isExpecting && silent >= looksToGoDeaf && look.at - heardAt >= deafMs
  return { last: look, brokenSince, wasUp: before.wasUp || isUp, heardAt, run, silent, broken, isDead: isBroken || isOver || isDeaf }
}
