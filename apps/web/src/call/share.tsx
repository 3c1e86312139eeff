import { Expand, MonitorUp, Scan, Shrink, UserRound, UserRoundX, ZoomIn, ZoomOut, type LucideIcon } from "lucide-react"
import { useEffect, useId, useRef, useState, type CSSProperties } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { ShareView } from "../view/call.ts"
import { useShow } from "./use-shown.tsx"
import type { StageControl } from "./use-stage.ts"
import { useZoom, type Zooming } from "./use-zoom.ts"

/** A screen at its own shape, never cropped unless somebody looks closer. The figure takes the shape of the picture that arrives. */
export function SharedScreen({ share, stage }: { share: ShareView; stage: StageControl }) {
  const say = useWords()
  const keys = useId()
  const zooming = useZoom()
  const { zoom, frame, held } = zooming
  const place = useShow(share.member, "screen")
  const [aspect, setAspect] = useState(16 / 9)
  const label = say("share.by", { name: share.by })
  return (
    <figure className="subject" style={{ "--shape": aspect } as CSSProperties} ref={place}>
      <div
        className={zoom.scale > 1 ? "pic close" : "pic"}
        ref={frame}
        tabIndex={0}
        role="group"
        aria-label={label}
        aria-describedby={keys}
        {...held}
      >
        {share.picture === undefined ? (
          <p className="coming">{say("stage.share-coming")}</p>
        ) : (
          <Screen picture={share.picture} label={label} zoom={zoom} onShape={setAspect} />
        )}
      </div>
      <p className="hidden-text" id={keys}>
        {say("stage.zoom-keys")}
      </p>
      <figcaption className="caption">
        <MonitorUp className="icon s" aria-hidden="true" />
        <span className="name" dir="auto">
          {label}
        </span>
        <Tools zooming={zooming} stage={stage} />
      </figcaption>
    </figure>
  )
}

interface ScreenProps {
  readonly picture: NonNullable<ShareView["picture"]>
  readonly label: string
  readonly zoom: Zooming["zoom"]
  readonly onShape: (aspect: number) => void
}

/** Windows are shared in any shape, and change it. */
function Screen({ picture, label, zoom, onShape }: ScreenProps) {
  const element = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const video = element.current
    if (video === null) return undefined
    const measure = () => {
      if (video.videoHeight > 0) onShape(video.videoWidth / video.videoHeight)
    }
    video.addEventListener("resize", measure)
    const detach = picture.attach(video)
    return () => {
      video.removeEventListener("resize", measure)
      detach()
    }
  }, [picture, onShape])
  const style = { transform: `translate(${zoom.x * 100}%, ${zoom.y * 100}%) scale(${zoom.scale})` }
  return <video ref={element} style={style} autoPlay playsInline muted disablePictureInPicture aria-label={label} />
}

/** How close it is stands between the buttons that change it. */
function Tools({ zooming, stage }: { zooming: Zooming; stage: StageControl }) {
  const say = useWords()
  const { zoom } = zooming
  const { full, hasFaces } = stage
  const isWhole = zoom.scale === 1
  return (
    <span className="tools">
      <Tool sign={ZoomOut} name={say("stage.zoom-out")} isOff={isWhole} onPress={zooming.zoomOut} />
      <span className="scale" role="status">
        {say("stage.zoom", { percent: Math.round(zoom.scale * 100) })}
      </span>
      <Tool sign={ZoomIn} name={say("stage.zoom-in")} onPress={zooming.zoomIn} />
      <Tool sign={Scan} name={say("stage.zoom-fit")} isOff={isWhole} onPress={zooming.fit} />
      <Tool
        sign={hasFaces ? UserRoundX : UserRound}
        name={say(hasFaces ? "stage.faces-hide" : "stage.faces-show")}
        onPress={stage.toggleFaces}
      />
      {full.can && (
        <Tool
          sign={full.is ? Shrink : Expand}
          name={say(full.is ? "doings.full-screen-end" : "doings.full-screen")}
          onPress={full.toggle}
        />
      )}
    </span>
  )
}

/** Focus stays on a button that can do no more, so that keys go on working. */
function Tool({ sign: Sign, name, onPress, isOff = false }: { sign: LucideIcon; name: string; onPress: () => void; isOff?: boolean }) {
  return (
    <button type="button" className="tool" aria-label={name} aria-disabled={isOff} onClick={onPress}>
      <Sign className="icon" aria-hidden="true" />
    </button>
  )
}
