import { MonitorUp } from "lucide-react"
import { useEffect, useRef, useState, type CSSProperties } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { ShareView, TileView } from "../view/call.ts"
import { Tile } from "./tile.tsx"

/** Faces in a row, the shared screen below at its own shape, never cropped. */
export function SharedScreen({ share, tiles }: { share: ShareView; tiles: readonly TileView[] }) {
  const say = useWords()
  return (
    <div className="speaker">
      <ul className="filmstrip" tabIndex={0} aria-label={say("call.people")}>
        {tiles.map((tile) => (
          <li className="place" key={tile.id}>
            <Tile tile={tile} />
          </li>
        ))}
      </ul>
      <div className="main">
        <Subject share={share} label={say("share.by", { name: share.by })} />
      </div>
    </div>
  )
}

/** The figure takes the shape of the picture that arrives; windows are shared in any shape and change it. */
function Subject({ share, label }: { share: ShareView; label: string }) {
  const element = useRef<HTMLVideoElement>(null)
  const [aspect, setAspect] = useState(16 / 9)
  useEffect(() => {
    const video = element.current
    if (video === null) return undefined
    const measure = () => {
      if (video.videoHeight > 0) setAspect(video.videoWidth / video.videoHeight)
    }
    video.addEventListener("resize", measure)
    const detach = share.picture?.attach(video)
    return () => {
      video.removeEventListener("resize", measure)
      detach?.()
    }
  }, [share.picture])
  return (
    <figure className="subject" style={{ "--shape": aspect } as CSSProperties}>
      <div className="pic">
        <video ref={element} autoPlay playsInline muted aria-label={label} />
      </div>
      <figcaption className="caption">
        <MonitorUp className="icon s" aria-hidden="true" />
        <span className="name" dir="auto">
          {label}
        </span>
      </figcaption>
    </figure>
  )
}
