import { Check, Minus, TriangleAlert } from "lucide-react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"

/** D41.36: what end-to-end encryption on, or off, means, before it is chosen. */
export function SealingMeans({ isOn }: { readonly isOn: boolean }) {
  const say = dashboardWords.useWords()
  const said = isOn
    ? [
        { icon: Check, text: say("sealing.on-inside") },
        { icon: Check, text: say("sealing.on-server") },
        { icon: Minus, text: say("sealing.on-names") },
      ]
    : [
        { icon: TriangleAlert, text: say("sealing.off-server") },
        { icon: TriangleAlert, text: say("sealing.off-shown") },
      ]
  return (
    <ul className={isOn ? "means" : "means open"}>
      {said.map(({ icon: Icon, text }) => (
        <li key={text}>
          <Icon className="icon s" aria-hidden="true" />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}
