/** Simulated time: what is to happen, in order. Nothing waits for a real clock. */

/** Work may be asynchronous (the real engine is); time stands still until it is done. */
type Work = () => Promise<void> | void

interface Planned {
  readonly at: number
  readonly number: number
  readonly work: Work
  isDropped: boolean
}

export interface Timeline {
  readonly now: number
  /** Plans work `after` ms from now. Calling what it returns drops it. */
  plan(after: number, work: Work): () => void
  /** Lets everything happen up to `until`. */
  advance(until: number): Promise<void>
}

/** A timeline that begins at 0. Work planned for the same time happens in the order of planning. */
export function timeline(): Timeline {
  const heap: Planned[] = []
  let now = 0
  let planned = 0
  return {
    get now() {
      return now
    },
    plan(after, work) {
      const entry: Planned = { at: now + Math.max(0, after), number: planned++, work, isDropped: false }
      push(heap, entry)
      return () => {
        entry.isDropped = true
      }
    },
    async advance(until) {
      for (let next = heap[0]; next !== undefined && next.at <= until; next = heap[0]) {
        pop(heap)
        if (next.isDropped) continue
        now = next.at
        const done = next.work()
        if (done !== undefined) await done
      }
      now = until
    },
  }
}

const isBefore = (a: Planned, b: Planned): boolean => a.at < b.at || (a.at === b.at && a.number < b.number)

function push(heap: Planned[], entry: Planned): void {
  let i = heap.push(entry) - 1
  while (i > 0) {
    const up = (i - 1) >> 1
    const parent = heap[up] as Planned
    if (!isBefore(entry, parent)) break
    heap[i] = parent
    i = up
  }
  heap[i] = entry
}

function pop(heap: Planned[]): void {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let i = 0
  for (;;) {
    const left = 2 * i + 1
    if (left >= heap.length) break
    const right = left + 1
    const child = right < heap.length && isBefore(heap[right] as Planned, heap[left] as Planned) ? right : left
    if (!isBefore(heap[child] as Planned, last)) break
    heap[i] = heap[child] as Planned
    i = child
  }
  heap[i] = last
}
