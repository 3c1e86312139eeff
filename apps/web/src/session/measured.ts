/** Whom there is to measure, and on which tracks. */

import type { InView } from "@conclave/call"
import type { MediaKind } from "../frame-worker/messages.ts"
import type { CallRun } from "./call-run.ts"
import type { Measured } from "./statistics.ts"

const kinds: readonly MediaKind[] = ["microphone", "camera", "screen", "screen-audio"]

/** What of a run is looked at: what did not open, what is asked for, and the track that plays it. */
type Fetching = Pick<CallRun, "counts" | "wantOf" | "trackOf">

/** Named members of the call: what of them is asked for, on the tracks that play it. */
export function measuredIn(run: Fetching | undefined, view: Pick<InView, "members"> | undefined): readonly Measured[] {
  if (run === undefined || view === undefined) return []
  const { refused } = run.counts()
  return view.members.flatMap(({ member, leaf, person, isSelf, media, role }) => {
    if (person === undefined) return []
    const tracks = new Map<string, MediaKind>()
    for (const kind of isSelf ? [] : kinds) {
      const track = isFetched(run, member, kind) ? run.trackOf(member, kind) : undefined
      if (track !== undefined) tracks.set(track.id, kind)
    }
    const sums = refused[leaf]
    return [
      {
        member,
        name: person.name,
        isSelf,
        tracks,
        hasCamera: isFetched(run, member, "camera") && media?.camera === true && role !== "listener",
        refused: sums === undefined ? 0 : sums.unknownKey + sums.authentication + sums.replay + sums.malformed,
      },
    ]
  })
}

function isFetched(run: Fetching, member: Measured["member"], kind: MediaKind): boolean {
  const want = run.wantOf(member)
  if (kind === "microphone") return want?.microphone === true
  if (kind === "screen-audio") return want?.screenAudio === true
  return want?.[kind] !== undefined
}
