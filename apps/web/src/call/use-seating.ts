import { useEffect, useLayoutEffect, useReducer } from "react"
import { closesAt, fetchedAfter, listen, seat, type Listening, type Seating } from "./grid.ts"

interface State {
  readonly seating: Seating
  readonly listening: Listening
}

interface Input {
  readonly ids: readonly string[]
  readonly unseen: readonly string[]
  readonly now: number
  readonly isHeld: boolean
}

function next(before: State, input: Input): State {
  const seating = seat(before.seating, input)
  const listening = listen(before.listening, input)
  return seating === before.seating && listening === before.listening ? before : { seating, listening }
}

const begin = (ids: readonly string[]): State => ({ seating: seat([], { ids, now: 0, isHeld: false }), listening: {} })

/** Keeps the seating over time: feeds the pure rules with the clock. `unseen` are those who speak on other pages. */
export function useSeating(ids: readonly string[], unseenOf: (state: State) => readonly string[], isHeld: boolean): State {
  const [state, feed] = useReducer(next, ids, begin)
  const idsKey = ids.join(" ")
  const unseenKey = unseenOf(state).join(" ")
  const feedNow = () => feed({ ids: wordsOf(idsKey), unseen: wordsOf(unseenKey), now: Date.now(), isHeld })
  // Before the browser paints: a newcomer is never one frame late.
  useLayoutEffect(feedNow, [idsKey, unseenKey, isHeld])
  const wakeAt = Math.min(
    isHeld ? Infinity : (closesAt(state.seating) ?? Infinity),
    (state.listening.waiting?.since ?? Infinity) + fetchedAfter,
  )
  useEffect(() => {
    if (wakeAt === Infinity) return undefined
    const timer = setTimeout(feedNow, Math.max(0, wakeAt - Date.now()) + 20)
    return () => clearTimeout(timer)
  }, [wakeAt, idsKey, unseenKey, isHeld])
  return state
}

/** Ids hold no blanks (base64url), so a joined text is a cheap way to compare lists. */
const wordsOf = (key: string): string[] => (key === "" ? [] : key.split(" "))
