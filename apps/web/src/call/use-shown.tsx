import { createContext, use, useCallback, useEffect, useState, type ReactNode, type RefCallback } from "react"
import type { CallActions, Shown } from "../view/call.ts"
import { shownOf, type Place } from "./shown.ts"

const unmeasured = { isVisible: false, width: 0, height: 0 }

/** A window of its own shows nothing but this picture, also while the page is hidden and no observer speaks. */
const wholeWindowOf = ({ ownerDocument: { defaultView } }: Element) => ({
  isVisible: true,
  width: defaultView?.innerWidth ?? 0,
  height: defaultView?.innerHeight ?? 0,
})

/** Measures the places of pictures for as long as they stand, and tells what can be seen whenever that changes. */
class Watch {
  readonly #show: CallActions["show"]
  readonly #places = new Map<Element, Place>()
  // Nothing was asked for yet, so "nothing" need not be told before the first measure.
  #told = "[]"
  #isDue = false

  /** Sizes as laid out: moving pictures to new places does not change them. */
  readonly #sizes = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) this.#change(target, { width: contentRect.width, height: contentRect.height })
  })
  /** What is scrolled out of a row is not seen. */
  readonly #sights = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) this.#change(target, { isVisible: isIntersecting })
  })

  constructor(show: CallActions["show"]) {
    this.#show = show
  }

  add(element: Element, place: Pick<Place, "id" | "what" | "isFloating">): () => void {
    this.#places.set(element, { ...place, ...(place.isFloating ? wholeWindowOf(element) : unmeasured) })
    this.#sizes.observe(element)
    if (!place.isFloating) this.#sights.observe(element)
    if (place.isFloating) this.#tellSoon()
    return () => {
      this.#sizes.unobserve(element)
      this.#sights.unobserve(element)
      this.#places.delete(element)
      this.#tellSoon()
    }
  }

  close(): void {
    this.#sizes.disconnect()
    this.#sights.disconnect()
    this.#places.clear()
    this.#tellSoon()
  }

  #change(element: Element, part: Partial<Place>): void {
    const place = this.#places.get(element)
    if (place === undefined) return
    this.#places.set(element, { ...place, ...part })
    this.#tellSoon()
  }

  /** Once for everything that changes together. A microtask, because a hidden page draws no frames. */
  #tellSoon(): void {
    if (this.#isDue) return
    this.#isDue = true
    queueMicrotask(() => {
      this.#isDue = false
      const shown: readonly Shown[] = shownOf(this.#places.values())
      const told = JSON.stringify(shown)
      if (told === this.#told) return
      this.#told = told
      this.#show(shown)
    })
  }
}

const Watching = createContext<Watch | undefined>(undefined)

/** Whatever inside uses `useShow` is told to `show`. Outside a browser nothing is. */
export function Showing({ show, children }: { show: CallActions["show"]; children: ReactNode }) {
  const [watch] = useState(() => (typeof IntersectionObserver === "undefined" ? undefined : new Watch(show)))
  useEffect(() => () => watch?.close(), [watch])
  return <Watching value={watch}>{children}</Watching>
}

/** A ref for the element in which a picture of somebody stands. */
export function useShow(id: string, what: Shown["what"], isFloating = false): RefCallback<Element> {
  const watch = use(Watching)
  return useCallback(
    (element: Element | null) => (element === null ? undefined : watch?.add(element, { id, what, isFloating })),
    [watch, id, what, isFloating],
  )
}
