/**
 * A camera track in, a track with the background hidden out. The second is there at once and empty: until the worker has told the
 * person from the rest, and whenever it cannot, no picture goes out at all (L70).
 */

import type { BackgroundToPage, Behind, PageToBackground, Streams } from "../../background-worker/messages.ts"
import { moduleWorker } from "../module-worker.ts"

/** Parts of "MediaStreamTrack Insertable Media Processing using Streams" that Chromium has on the page. */
interface TrackStreams {
  readonly MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack; maxBufferSize: number }) => {
    readonly readable: ReadableStream<VideoFrame>
  }
  readonly MediaStreamTrackGenerator?: new (init: { kind: "video" }) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> }
}

export interface BackgroundEvents {
  /** The first finished picture is out. */
  ready(): void
  /** For good: nothing comes out any more. */
  broken(): void
}

export interface HiddenBackground {
  /** What may be shown and sent. Ends with `close`, not with the camera. */
  readonly track: MediaStreamTrack
  change(behind: Behind): void
  /** Ends the worker and the track; the camera stays its owner's. */
  close(): void
}

/** Longer than the model takes to come over a slow line. */
const startsWithinMs = 60_000

export function canHideBackground(): boolean {
  return "OffscreenCanvas" in globalThis && "VideoFrame" in globalThis && "captureStream" in HTMLCanvasElement.prototype
}

export function hideBackground(camera: MediaStreamTrack, behind: Behind, events: BackgroundEvents): HiddenBackground {
  const worker = moduleWorker("background")
  const { width = 1280, height = 720 } = camera.getSettings()
  const end = ownStreams(camera) ?? carried(camera, { width, height }, worker)
  const post = (message: PageToBackground, transfer: Transferable[] = []): void => {
    worker.postMessage(message, transfer)
  }
  let isOver = false
  const close = (): void => {
    isOver = true
    clearTimeout(late)
    worker.terminate()
    end.track.stop()
    end.close()
  }
  const broke = (): void => {
    if (isOver) return
    close()
    events.broken()
  }
  const late = setTimeout(broke, startsWithinMs)
  worker.addEventListener("error", broke)
  worker.addEventListener("message", ({ data }: MessageEvent<BackgroundToPage>) => {
    if (data.type === "broken") broke()
    if (data.type !== "ready") return
    clearTimeout(late)
    events.ready()
  })
  const { streams } = end
  post({ type: "start", behind, isUpright: height > width, ...(streams === undefined ? {} : { streams }) }, [
    ...(streams === undefined ? [] : [streams.camera, streams.out]),
    ...(behind.kind === "own" ? [behind.picture] : []),
  ])
  return {
    track: end.track,
    change: (next) => {
      post({ type: "behind", behind: next }, next.kind === "own" ? [next.picture] : [])
    },
    close,
  }
}

/** Where finished pictures become a track, and how raw ones get to the worker. */
interface End {
  readonly track: MediaStreamTrack
  readonly streams?: Streams
  close(): void
}

/** Chromium: the worker reads and writes tracks itself, and the page never touches a picture. */
function ownStreams(camera: MediaStreamTrack): End | undefined {
  const { MediaStreamTrackProcessor: Processor, MediaStreamTrackGenerator: Generator } = globalThis as TrackStreams
  if (Processor === undefined || Generator === undefined) return undefined
  const track = new Generator({ kind: "video" })
  return {
    track,
    streams: { camera: new Processor({ track: camera, maxBufferSize: 1 }).readable, out: track.writable },
    close: () => undefined,
  }
}

/** Elsewhere: a video element shows the camera to nobody, and a canvas nobody sees carries what the worker gives back. */
function carried(camera: MediaStreamTrack, size: { readonly width: number; readonly height: number }, worker: Worker): End {
  const video = document.createElement("video")
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([camera])
  // Muted video may always play; a refusal here is the camera ending meanwhile.
  video.play().catch(() => undefined)
  const canvas = document.createElement("canvas")
  canvas.width = size.width
  canvas.height = size.height
  const context = canvas.getContext("bitmaprenderer")
  const [track] = canvas.captureStream().getVideoTracks()
  if (context === null || track === undefined) throw new Error("bug: a canvas gives a track")
  worker.addEventListener("message", ({ data }: MessageEvent<BackgroundToPage>) => {
    if (data.type === "next") void carryOne(video, worker)
    if (data.type === "picture") context.transferFromImageBitmap(data.picture)
  })
  return {
    track,
    close: () => {
      video.srcObject = null
    },
  }
}

async function carryOne(video: HTMLVideoElement, worker: Worker): Promise<void> {
  const isThere = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA
  const picture = isThere ? await createImageBitmap(video).catch(() => undefined) : undefined
  worker.postMessage({ type: "picture", picture } satisfies PageToBackground, picture === undefined ? [] : [picture])
}
