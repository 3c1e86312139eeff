/** How a shared screen is looked at closely. Pure. Rule L25 of docs/protocol.md. */

export interface Zoom {
  /** 1: all of it fits. */
  readonly scale: number
  /** Where the picture's corner stands, in widths and heights of the frame: from 1 - scale to 0, so that no edge is ever inside it. */
  readonly x: number
  readonly y: number
}

/** In widths and heights of the frame, from its upper left corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

export const whole: Zoom = { scale: 1, x: 0, y: 0 }
export const closest = 8
const middle: Point = { x: 0.5, y: 0.5 }

/** Closer by a factor, or farther; what is under `at` stays there. */
export function zoomBy(zoom: Zoom, factor: number, at: Point = middle): Zoom {
  const scale = Math.min(closest, Math.max(1, zoom.scale * factor))
  const grown = scale / zoom.scale
  return kept({ scale, x: at.x - (at.x - zoom.x) * grown, y: at.y - (at.y - zoom.y) * grown })
}

/** Moves the picture with the hand that holds it. */
export const panBy = (zoom: Zoom, by: Point): Zoom => kept({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y })

const step = 1.25
/** How much of the frame one key moves. */
const stride = 0.15

/** What a key does; undefined for keys that are not for this. Arrows move the eye, so the picture goes the other way. */
export function zoomByKey(zoom: Zoom, key: string): Zoom | undefined {
  switch (key) {
    case "+":
    case "=":
      return zoomBy(zoom, step)
    case "-":
      return zoomBy(zoom, 1 / step)
    case "0":
      return whole
    case "ArrowLeft":
      return panBy(zoom, { x: stride, y: 0 })
    case "ArrowRight":
      return panBy(zoom, { x: -stride, y: 0 })
    case "ArrowUp":
      return panBy(zoom, { x: 0, y: stride })
    case "ArrowDown":
      return panBy(zoom, { x: 0, y: -stride })
    default:
      return undefined
  }
}

/** A wheel's turn in pixels: away from oneself is closer. Pinches on a touchpad come as small turns. */
export const zoomByWheel = (zoom: Zoom, turn: number, at: Point): Zoom => zoomBy(zoom, Math.exp(-clamp(turn, -200, 200) / 240), at)

const kept = ({ scale, x, y }: Zoom): Zoom => ({ scale, x: clamp(x, 1 - scale, 0), y: clamp(y, 1 - scale, 0) })

// Adding zero turns -0 into 0.
const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value)) + 0
