import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from "react"
import { panBy, whole, zoomBy, zoomByKey, zoomByWheel, type Point, type Zoom } from "./zoom.ts"

export interface Zooming {
  readonly zoom: Zoom
  /** The frame in which the picture is looked at. */
  readonly frame: RefObject<HTMLDivElement | null>
  readonly zoomIn: () => void
  readonly zoomOut: () => void
  readonly fit: () => void
  readonly held: {
    readonly onKeyDown: (event: KeyboardEvent) => void
    readonly onPointerDown: (event: PointerEvent) => void
    readonly onPointerMove: (event: PointerEvent) => void
    readonly onPointerUp: (event: PointerEvent) => void
    readonly onPointerCancel: (event: PointerEvent) => void
  }
}

/** Wheel, drag, pinch and keys of one frame, told to the pure rules. */
export function useZoom(): Zooming {
  const [zoom, set] = useState(whole)
  const frame = useRef<HTMLDivElement>(null)
  const fingers = useRef(new Map<number, Point>())
  useEffect(() => {
    const { current } = frame
    if (current === null) return undefined
    const turned = (event: WheelEvent) => {
      // Not passive: the browser would zoom the whole page at a pinch.
      event.preventDefault()
      set((before) => zoomByWheel(before, event.deltaY, pointIn(current, event)))
    }
    current.addEventListener("wheel", turned, { passive: false })
    return () => current.removeEventListener("wheel", turned)
  }, [])
  const lift = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId)
  }
  return {
    zoom,
    frame,
    zoomIn: () => set((before) => zoomBy(before, 1.25)),
    zoomOut: () => set((before) => zoomBy(before, 0.8)),
    fit: () => set(whole),
    held: {
      onKeyDown: (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return
        const next = zoomByKey(zoom, event.key)
        if (next === undefined) return
        // Arrows would scroll, and our own shortcuts have other uses for some of these keys.
        event.preventDefault()
        event.stopPropagation()
        set(next)
      },
      onPointerDown: (event) => {
        if (event.button !== 0 || frame.current === null) return
        event.currentTarget.setPointerCapture(event.pointerId)
        fingers.current.set(event.pointerId, pointIn(frame.current, event))
      },
      onPointerMove: (event) => {
        const before = fingers.current.get(event.pointerId)
        if (before === undefined || frame.current === null) return
        const now = pointIn(frame.current, event)
        const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1]
        fingers.current.set(event.pointerId, now)
        set((zoomed) => (other === undefined ? panBy(zoomed, minus(now, before)) : pinched(zoomed, { before, now, other })))
      },
      onPointerUp: lift,
      onPointerCancel: lift,
    },
  }
}

/** One of two fingers moved: closer by as much as they went apart, around their middle, which the picture follows. */
function pinched(zoom: Zoom, { before, now, other }: { before: Point; now: Point; other: Point }): Zoom {
  const apart = Math.max(distance(before, other), 0.01)
  const closer = zoomBy(zoom, distance(now, other) / apart, between(now, other))
  return panBy(closer, minus(between(now, other), between(before, other)))
}

function pointIn(frame: HTMLElement, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top, width, height } = frame.getBoundingClientRect()
  return { x: (clientX - left) / width, y: (clientY - top) / height }
}

const minus = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y })
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
