/** The shell of the background worker: pictures in, finished pictures out, and nothing out when anything is amiss (L70). */

import { Composer } from "./composer.ts"
import type { BackgroundToPage, Behind, PageToBackground, Streams } from "./messages.ts"
import { Segmenter } from "./segmenter.ts"

declare const self: DedicatedWorkerGlobalScope

/** Between two pictures where the page carries them. A worker's clock goes on while the tab is hidden. */
const pictureEveryMs = 33

let behind: Behind = { kind: "blur" }
let composer: Composer | undefined
let isReady = false
let isBroken = false
let took: ((picture: ImageBitmap | undefined) => void) | undefined

self.onmessage = ({ data }: MessageEvent<PageToBackground>) => {
  switch (data.type) {
    case "start":
      behind = data.behind
      run(data.isUpright, data.streams).catch(giveUp)
      return
    case "behind":
      behind = data.behind
      if (composer !== undefined) composer.behind = behind
      return
    case "picture":
      took?.(data.picture)
  }
}

async function run(isUpright: boolean, streams: Streams | undefined): Promise<void> {
  composer = new Composer(await Segmenter.load(isUpright ? "square" : "wide"), behind)
  composer.behind = behind
  if (streams === undefined) await carry(composer)
  else await pipe(composer, streams)
}

/** The browser's own streams. A picture that comes while one is made is dropped by the reader, not queued. */
async function pipe(composer: Composer, { camera, out }: Streams): Promise<void> {
  const reader = camera.getReader()
  const writer = out.getWriter()
  for (let { value: frame } = await reader.read(); frame !== undefined; { value: frame } = await reader.read()) {
    const { timestamp, displayWidth: width, displayHeight: height } = frame
    try {
      const canvas = await composer.compose({ image: frame, width, height }, performance.now())
      await writer.write(new VideoFrame(canvas, { timestamp, alpha: "discard" }))
    } finally {
      frame.close()
    }
    ready()
  }
  await writer.close()
}

async function carry(composer: Composer): Promise<void> {
  while (!isBroken) {
    const askedAt = performance.now()
    const picture = await nextPicture()
    if (picture !== undefined) {
      const { width, height } = picture
      try {
        const canvas = await composer.compose({ image: picture, width, height }, askedAt)
        const finished = canvas.transferToImageBitmap()
        post({ type: "picture", picture: finished }, [finished])
      } finally {
        picture.close()
      }
      ready()
    }
    await new Promise((resolve) => self.setTimeout(resolve, Math.max(0, askedAt + pictureEveryMs - performance.now())))
  }
}

function nextPicture(): Promise<ImageBitmap | undefined> {
  return new Promise((resolve) => {
    took = resolve
    post({ type: "next" })
  })
}

function ready(): void {
  if (isReady) return
  isReady = true
  post({ type: "ready" })
}

function giveUp(): void {
  isBroken = true
  post({ type: "broken" })
}

function post(message: BackgroundToPage, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer)
}
