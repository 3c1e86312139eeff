/** Keeps what this device fetches in step with who is there and what is looked at. The rules are in wants.ts. */

import { fetchedAt, nothingFetched, wantsOf, type Looking, type Wants } from "./wants.ts"

/** D23.14: a page that was hidden this long fetches no pictures, in ms: turning to another tab and back costs nothing. */
const hiddenMs = 10_000

export class Fetching {
  readonly #changed: (wants: Wants) => void
  #looking: Looking = { others: [], shown: undefined, speakers: [], isAudioOnly: false, isHidden: false }
  #fetched = nothingFetched
  #timer: ReturnType<typeof setTimeout> | undefined
  #hiding: ReturnType<typeof setTimeout> | undefined

  /** `changed` hears what is to be fetched from now on. */
  constructor(changed: (wants: Wants) => void) {
    this.#changed = changed
    document.addEventListener("visibilitychange", this.#visibilityChanged)
    this.#visibilityChanged()
  }

  get isAudioOnly(): boolean {
    return this.#looking.isAudioOnly
  }

  look(parts: Partial<Omit<Looking, "isHidden">>): void {
    this.#looking = { ...this.#looking, ...parts }
    this.#update()
  }

  close(): void {
    document.removeEventListener("visibilitychange", this.#visibilityChanged)
    clearTimeout(this.#timer)
    clearTimeout(this.#hiding)
  }

  readonly #visibilityChanged = (): void => {
    clearTimeout(this.#hiding)
    if (document.hidden)
      this.#hiding = setTimeout(() => {
        this.#hide(true)
      }, hiddenMs)
    else this.#hide(false)
  }

  #hide(isHidden: boolean): void {
    this.#looking = { ...this.#looking, isHidden }
    this.#update()
  }

  #update(): void {
    clearTimeout(this.#timer)
    const now = performance.now()
    this.#fetched = fetchedAt(this.#fetched, wantsOf(this.#looking), now)
    const { nextAt, wants } = this.#fetched
    // Browsers cut a timer to whole milliseconds; a little late is better than a turn too early.
    if (nextAt !== undefined)
      this.#timer = setTimeout(
        () => {
          this.#update()
        },
        nextAt - now + 5,
      )
    this.#changed(wants)
  }
}
