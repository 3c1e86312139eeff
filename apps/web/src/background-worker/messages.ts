/** What page and background worker say to each other. Pictures of the camera go in; only pictures with the background hidden come out (L70). */

/** What stands behind the person. `own`: a picture that this device keeps. */
export type Behind =
  { readonly kind: "blur" } | { readonly kind: "scene"; readonly name: string } | { readonly kind: "own"; readonly picture: ImageBitmap }

/** Where the browser lets a worker read and write tracks itself, its two ends; elsewhere the page carries each picture. */
export interface Streams {
  readonly camera: ReadableStream<VideoFrame>
  readonly out: WritableStream<VideoFrame>
}

export type PageToBackground =
  /** Once, first. `isUpright`: higher than wide, which another model fits better. */
  | { readonly type: "start"; readonly behind: Behind; readonly isUpright: boolean; readonly streams?: Streams }
  | { readonly type: "behind"; readonly behind: Behind }
  /** Answers `next`. Undefined: the camera has no picture at the moment. */
  | { readonly type: "picture"; readonly picture: ImageBitmap | undefined }

export type BackgroundToPage =
  /** The first picture with its background hidden is out. */
  | { readonly type: "ready" }
  /** The page carries pictures: it is time for one. */
  | { readonly type: "next" }
  | { readonly type: "picture"; readonly picture: ImageBitmap }
  /** For good: the model did not load or failed. Nothing more comes out. */
  | { readonly type: "broken" }
