/** The shell of the frame worker: the browser's events to the frame path and back. Decides nothing. */

import { FramePath, tickMs } from "./frame-path.ts"
import { parseKeysMessage, parsePageMessage, type FramesToPage, type PageToFrames } from "./messages.ts"

declare const self: DedicatedWorkerGlobalScope

const path = new FramePath({
  now: () => performance.now(),
  post: (message: FramesToPage) => self.postMessage(message),
})

self.onrtctransform = ({ transformer }) => {
  void path.attach(transformer)
}

// What does not parse changes nothing: without keys and names the transforms drop everything.
self.onmessage = ({ data }: MessageEvent<unknown>) => {
  const message = parsePageMessage(data)
  if (message !== undefined) hear(message)
}

self.setInterval(() => path.tick(), tickMs)

function hear(message: PageToFrames): void {
  switch (message.type) {
    case "keys":
      if (path.begin(message.start)) listen(message.port)
      return
    case "track-kind":
      path.carry(message.track, message)
      return
    case "accept-owner":
      path.accept(message.receiver, { leaf: message.leaf, kind: message.kind })
      return
    case "stop":
      path.stop()
  }
}

function listen(port: MessagePort): void {
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = parseKeysMessage(data)
    if (message !== undefined) path.keysCame(message)
  }
}
