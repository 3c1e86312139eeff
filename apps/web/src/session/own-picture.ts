/** What of the camera may be seen: its own picture, or one whose background is hidden. Never the first where the second was chosen (L70). */

import { canHideBackground, hideBackground, type HiddenBackground } from "../adapters/processing/background.ts"
import { ownScene } from "../adapters/processing/own-scene.ts"
import type { Behind } from "../background-worker/messages.ts"
import type { LobbyView } from "../view/lobby.ts"
import type { Background } from "../view/settings.ts"

export type BackgroundState = LobbyView["background"]["state"]

export interface OwnPictureEvents {
  changed(): void
  /** The background cannot be hidden: there is no track to show any more. */
  failed(): void
}

/** What hides a background; another in tests. */
export interface Hider {
  readonly can: () => boolean
  readonly hide: typeof hideBackground
}

export class OwnPicture {
  readonly #events: OwnPictureEvents
  readonly #hider: Hider
  #hidden: { readonly camera: MediaStreamTrack; readonly by: HiddenBackground } | undefined
  #background: Background = { kind: "none" }
  #state: BackgroundState = "off"

  constructor(events: OwnPictureEvents, hider: Hider = { can: canHideBackground, hide: hideBackground }) {
    this.#events = events
    this.#hider = hider
  }

  get state(): BackgroundState {
    return this.#hider.can() ? this.#state : "unavailable"
  }

  /** What may be shown of this camera. Undefined: nothing. The same track as long as nothing else is chosen. */
  of(camera: MediaStreamTrack, background: Background): MediaStreamTrack | undefined {
    const isSame = background === this.#background
    this.#background = background
    if (background.kind === "none") {
      this.drop()
      return camera
    }
    if (!this.#hider.can()) return undefined
    if (this.#hidden?.camera === camera) {
      if (!isSame) this.#hang(background, this.#hidden.by)
      return this.#hidden.by.track
    }
    this.drop()
    try {
      return this.#start(camera, background)
    } catch {
      // A browser that has the parts and not the whole.
      this.#state = "failed"
      return undefined
    }
  }

  /** The camera went, or is shown as it is. */
  drop(): void {
    this.#hidden?.by.close()
    this.#hidden = undefined
    this.#state = "off"
  }

  #start(camera: MediaStreamTrack, background: Background): MediaStreamTrack {
    const by = this.#hider.hide(camera, plainBehind(background), {
      ready: () => {
        if (this.#hidden?.by !== by) return
        this.#state = "on"
        this.#events.changed()
      },
      broken: () => {
        if (this.#hidden?.by !== by) return
        this.#hidden = undefined
        this.#state = "failed"
        this.#events.failed()
      },
    })
    this.#hidden = { camera, by }
    this.#state = "starting"
    if (isOwn(background)) void this.#hangOwn(background, by)
    return by.track
  }

  #hang(background: Background, by: HiddenBackground): void {
    if (isOwn(background)) void this.#hangOwn(background, by)
    else by.change(plainBehind(background))
  }

  /** The person's own picture, as soon as it is read; until then, or without one, the room is blurred. */
  async #hangOwn(background: Background, by: HiddenBackground): Promise<void> {
    const kept = await ownScene()
    const picture = kept === undefined ? undefined : await createImageBitmap(kept).catch(() => undefined)
    if (this.#hidden?.by !== by || this.#background !== background) return
    by.change(picture === undefined ? { kind: "blur" } : { kind: "own", picture })
  }
}

const isOwn = (background: Background): boolean => background.kind === "picture" && background.name === "own"

const plainBehind = (background: Background): Behind =>
  background.kind === "picture" && background.name !== "own" ? { kind: "scene", name: background.name } : { kind: "blur" }
