import { useLayoutEffect, useRef, type RefObject } from "react"

/** Where people stood in their list, wherever it was scrolled to, and how large their pictures were. Pixels. */
type Places = Map<Element, { readonly x: number; readonly y: number; readonly width: number; readonly height: number }>

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
    let isFirst = true
    const resized = new ResizeObserver(() => {
      // The first call only says that it watches; measuring would end the glide that has just begun.
      if (!isFirst) before.current = placesIn(current)
      isFirst = false
    })
    resized.observe(current)
    return () => resized.disconnect()
  }, [key])
  return list
}

/** Where they stand by layout: a glide that is under way ends. */
function placesIn(list: HTMLUListElement): Places {
  for (const running of list.getAnimations({ subtree: true })) if (running.id === "glide") running.cancel()
  const { x, y } = list.getBoundingClientRect()
  const found = [...list.children].flatMap((place) => {
    const picture = pictureIn(place)?.getBoundingClientRect()
    if (picture === undefined) return []
    const at = place.getBoundingClientRect()
    const { width, height } = picture
    return [[place, { x: at.x - x + list.scrollLeft, y: at.y - y + list.scrollTop, width, height }] as const]
  })
  return new Map(found)
}

const pictureIn = (place: Element): Element | null => place.querySelector(".pic")

function glide(before: Places, now: Places): void {
  for (const [place, to] of now) {
    const from = before.get(place)
    if (from === undefined || to.width === 0 || to.height === 0) continue
    const [x, y, wider, taller] = [from.x - to.x, from.y - to.y, from.width / to.width, from.height / to.height]
    if (x !== 0 || y !== 0) move(place, `translate(${x}px, ${y}px)`)
    if (wider === 1 && taller === 1) continue
    move(pictureIn(place), `scale(${wider}, ${taller})`)
    // The caption is not scaled; it stays at the picture's lower edge.
    move(place.querySelector("figcaption"), `translate(0, ${from.height - to.height}px)`)
  }
}

function move(element: Element | null, from: string): void {
  element?.animate([{ transformOrigin: "0 0", transform: from }, { transformOrigin: "0 0" }], {
    id: "glide",
    duration: durationMs,
    easing: ease,
  })
}
