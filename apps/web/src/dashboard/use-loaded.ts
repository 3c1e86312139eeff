import { useEffect, useReducer, useState } from "react"
import { isSignedOut } from "../account/use-account.ts"
import type { Answer } from "../adapters/api.ts"

/** Undefined while it is asked for the first time. Asking again keeps what is there until the new answer comes. */
export type Loaded<Value> = Answer<Value> | undefined

/** Asks when first shown, when `load` becomes another function, and whenever it is told to. */
export function useLoaded<Value>(load: () => Promise<Answer<Value>>): readonly [Loaded<Value>, () => void] {
  const [answer, hear] = useState<Answer<Value>>()
  const [round, again] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    let isWanted = true
    void load().then((heard) => {
      if (isWanted && !isSignedOut(heard)) hear(heard)
    })
    return () => {
      isWanted = false
    }
  }, [load, round])
  return [answer, again]
}
