import { useLayoutEffect, useRef, type RefObject } from "react"

/** Where pictures and captions stood, by the element. */
type Places = Map<Element, DOMRect>

const durationMs = 280
const ease = "cubic-bezier(0.2, 0, 0, 1)"

/**
 * Pictures glide to new places and sizes instead of jumping there (L26), by transforms alone: nothing else on the page is laid out
 * anew. `key` says when places have changed; what the window or a panel does to sizes is at once.
 */
export function useGlide(key: string): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null)
  const before = useRef<Places>(new Map())
  useLayoutEffect(() => {
    if (list.current === null) return undefined
    const now = placesIn(list.current)
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) glide(before.current, now)
    before.current = now
    const { current } = list
    const resized = new ResizeObserver(() => {
      before.current = placesIn(current)
    })
    resized.observe(current)
    return () => resized.disconnect()
  }, [key])
  return list
}

/** Where they stand by layout: a glide that is under way ends. */
function placesIn(list: HTMLUListElement): Places {
  const parts = [...list.querySelectorAll(".pic, figcaption")]
  for (const part of parts) for (const running of part.getAnimations()) if (running.id === "glide") running.cancel()
  return new Map(parts.map((part) => [part, part.getBoundingClientRect()]))
}

function glide(before: Places, now: Places): void {
  for (const [part, to] of now) {
    const from = before.get(part)
    if (from === undefined || to.width === 0 || to.height === 0 || isSame(from, to)) continue
    const isPicture = part.classList.contains("pic")
    const scale = isPicture ? ` scale(${from.width / to.width}, ${from.height / to.height})` : ""
    part.animate(
      [{ transformOrigin: "0 0", transform: `translate(${from.x - to.x}px, ${from.y - to.y}px)${scale}` }, { transformOrigin: "0 0" }],
      { id: "glide", duration: durationMs, easing: ease },
    )
  }
}

const isSame = (a: DOMRect, b: DOMRect): boolean => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
