/**
 * A crowd shares one processor. Were all its members to work at once, each would be as slow as all together, and a commit that each
 * device could apply in ten milliseconds would find nobody who has applied it within two seconds (D9). So they work one after the other:
 * whoever has begun goes on until it has nothing more to do.
 */
export class OneByOne {
  readonly #waiting: { readonly who: object; readonly begin: () => void }[] = []
  #isBusy = false

  /** Does the work when it is its turn. */
  async work<T>(who: object, task: () => Promise<T>): Promise<T> {
    if (this.#isBusy) await new Promise<void>((begin) => this.#waiting.push({ who, begin }))
    this.#isBusy = true
    try {
      return await task()
    } finally {
      // The answer is heard first, and what was said goes out.
      setImmediate(() => this.#next(who))
    }
  }

  #next(last: object): void {
    const own = this.#waiting.findIndex(({ who }) => who === last)
    const [next] = this.#waiting.splice(Math.max(0, own), 1)
    if (next === undefined) this.#isBusy = false
    else next.begin()
  }
}
