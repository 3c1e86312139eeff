/** Live things that a view can show but that are not data. The session makes them; views only plug them in. */

/**
 * A picture that moves. Keep one object for as long as it is the same track: a new object makes the tile plug in anew.
 * `attach` puts it into the element (LiveKit's `track.attach`, or `srcObject`) and returns what takes it out again.
 */
export interface Picture {
  readonly attach: (video: HTMLVideoElement) => () => void
}

/** How loud the microphone is at the moment, from 0 to 1. Pushed up to 20 times a second, past the view so that nothing else redraws. */
export interface LevelSource {
  readonly subscribe: (heard: (level: number) => void) => () => void
}
