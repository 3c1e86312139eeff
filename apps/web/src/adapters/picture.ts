/** Plugs a track into a video element. One Picture per track, so that a view does not plug it in anew on each redraw. */

import type { Picture } from "../view/picture.ts"

const pictures = new WeakMap<MediaStreamTrack, Picture>()

export function pictureOf(track: MediaStreamTrack): Picture {
  const known = pictures.get(track)
  if (known !== undefined) return known
  const picture: Picture = {
    attach(video) {
      video.srcObject = new MediaStream([track])
      // Muted video may always play; a refusal here is the element leaving the page meanwhile.
      video.play().catch(() => undefined)
      return () => {
        video.srcObject = null
      }
    },
  }
  pictures.set(track, picture)
  return picture
}
