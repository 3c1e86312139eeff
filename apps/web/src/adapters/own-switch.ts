/**
 * Whether a track of ours is on is its person's alone (A2.14). The SDK writes `enabled` too: to true whenever it publishes or
 * replaces a track, a new connection to the SFU among them, and at the SFU's word "unmute". Each would switch on a
 * microphone that somebody turned off.
 */

/** From now on only `switchTrack` turns this track on or off; what anybody else writes to `enabled` changes nothing. */
export function guard(track: MediaStreamTrack): void {
  if (Object.hasOwn(track, "enabled")) return
  // The browser's own switch stays where it is: on the prototype.
  Object.defineProperty(track, "enabled", { get: () => Reflect.get(MediaStreamTrack.prototype, "enabled", track), set: () => undefined })
}

/** Turns a track on or off, at its person's word. */
export function switchTrack(track: MediaStreamTrack, isOn: boolean): void {
  Reflect.set(MediaStreamTrack.prototype, "enabled", isOn, track)
}
