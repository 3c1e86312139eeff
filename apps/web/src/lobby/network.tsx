import { Check, ChevronRight, Minus, X } from "lucide-react"
import { useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { NetworkView, WayState } from "../view/lobby.ts"

const ways = ["udp", "tcp", "relay"] as const

/** Whether pictures and sound could pass from here, tried with the real media server. */
export function Network({ view, check }: { readonly view: NetworkView; readonly check: () => void }) {
  const say = useWords()
  const isTrying = ways.some((way) => view[way] === "trying")
  const verdict = verdictOf(view)
  const [isOpen, setOpen] = useState(view.isAway || view.udp !== "untried")
  return (
    <details className="network" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <ChevronRight className="icon s" aria-hidden="true" />
        {say("preparing.network")}
      </summary>
      <p className="small soft">{say("preparing.network-what")}</p>
      <button type="button" className="button" disabled={isTrying} onClick={check}>
        {say(isTrying ? "preparing.network-trying" : "preparing.network-try")}
      </button>
      <dl>
        {ways.map((way) => (
          <div key={way}>
            <dt>{say(`preparing.way-${way}`)}</dt>
            <dd>
              <Sign of={view[way]} />
              {say(`preparing.way.${view[way]}`)}
            </dd>
          </div>
        ))}
      </dl>
      <p className="verdict" role="status">
        {verdict !== undefined && say(verdict)}
      </p>
    </details>
  )
}

function Sign({ of }: { readonly of: WayState }) {
  if (of === "untried" || of === "trying") return null
  const Icon = { open: Check, shut: X, none: Minus }[of]
  return <Icon className="icon s" aria-hidden="true" />
}

/** Undefined while nothing can be said. */
function verdictOf(view: NetworkView) {
  if (view.isAway) return "preparing.network-away"
  const states = ways.map((way) => view[way])
  if (states.some((state) => state === "untried" || state === "trying")) return undefined
  if (view.udp === "open") return "preparing.network-good"
  return states.includes("open") ? "preparing.network-slower" : "preparing.network-bad"
}
