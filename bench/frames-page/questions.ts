/** What the bench asks its page. */

/** Whose code carries the frames. `pass`: a transform that does nothing. `raw`: one WebCrypto call, no transform. */
export const makers = ["raw", "ours-bare", "pass", "ours", "livekit"] as const
export type Maker = (typeof makers)[number]
export type Direction = "encrypt" | "decrypt"

export const sizes = [100, 1000, 5000, 20_000, 100_000] as const

/** Microseconds per frame of one round. */
export interface Cost {
  readonly size: number
  readonly direction: Direction
  readonly maker: Maker
  readonly micros: number
}

/** 100 audio streams at 50 frames a second. `openMs` counts from feeding a frame to its coming out. */
export interface Load {
  readonly fed: number
  readonly out: number
  readonly p50: number
  readonly p99: number
}

export type Question =
  | { readonly do: "cost"; readonly size: number; readonly direction: Direction; readonly maker: Maker }
  | { readonly do: "prepare"; readonly maker: Maker; readonly direction: Direction; readonly seconds: number }
  /** Runs what was prepared. */
  | { readonly do: "load" }

export type Answer = { readonly result: unknown } | { readonly error: string }
