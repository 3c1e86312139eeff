/** Undoes what the SDK does to a screen in VP9: three layers in time and the hint that it is a film (bench/results/codec.md). */

import type { LocalTrackPublication } from "livekit-client"

/** One layer, drawn as a screen is. A sender that is gone meanwhile needs nothing. */
export async function inOneLayer({ track }: LocalTrackPublication): Promise<void> {
  if (track?.sender === undefined) return
  track.mediaStreamTrack.contentHint = "detail"
  const parameters = track.sender.getParameters()
  for (const encoding of parameters.encodings) Object.assign(encoding, { scalabilityMode: "L1T1" })
  await track.sender.setParameters(parameters).catch(() => undefined)
}
