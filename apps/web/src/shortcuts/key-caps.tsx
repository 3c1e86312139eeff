import { Fragment } from "react"
import { isMac } from "./is-mac.ts"
import { capsOf } from "./keys.ts"

/** A combination as the keys to press. Never mirrored: it is what is printed on them. */
export function KeyCaps({ combination }: { readonly combination: string }) {
  return (
    <kbd className="caps" dir="ltr">
      {capsOf(combination, isMac()).map((cap, place) => (
        <Fragment key={cap}>
          {place > 0 && " "}
          <kbd>{cap}</kbd>
        </Fragment>
      ))}
    </kbd>
  )
}
