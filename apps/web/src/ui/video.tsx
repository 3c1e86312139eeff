import { useEffect, useRef } from "react"
import type { Picture } from "../view/picture.ts"

/** Plugs a picture into an element of its own. Silent: sound is played by the session, never by a view. */
export function Video({ picture, label, isMirrored = false }: { picture: Picture; label?: string; isMirrored?: boolean }) {
  const element = useRef<HTMLVideoElement>(null)
  useEffect(() => (element.current === null ? undefined : picture.attach(element.current)), [picture])
  return (
    <video
      ref={element}
      className={isMirrored ? "mirrored" : undefined}
      autoPlay
      playsInline
      muted
      disablePictureInPicture
      aria-label={label}
      aria-hidden={label === undefined}
    />
  )
}
