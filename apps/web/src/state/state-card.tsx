import {
  DoorClosed,
  Files,
  Link2Off,
  MicOff,
  MonitorX,
  Pause,
  SearchX,
  Server,
  TriangleAlert,
  Unplug,
  Users,
  VideoOff,
  type LucideIcon,
} from "lucide-react"
import type { CSSProperties } from "react"
import { useId } from "react"
import { useWords } from "../i18n/use-words.ts"
import { Mark } from "../ui/mark.tsx"
import type { StateActions, StateView } from "../view/state.ts"
import { cardOf, type Card, type CardSign } from "./card.ts"
import "../styles/state.css"

const icons = {
  camera: VideoOff,
  browser: MonitorX,
  unplug: Unplug,
  people: Users,
  door: DoorClosed,
  link: Link2Off,
  nothing: SearchX,
  server: Server,
  tabs: Files,
  pause: Pause,
  alert: TriangleAlert,
} as const

function Sign({ sign }: { sign: CardSign }) {
  switch (sign) {
    case "mark-closed":
      return <Mark state="closed" className="big" />
    case "mark-open":
      return <Mark state="open" className="big" />
    case "mark-fallen":
      return <Mark state="fallen" className="big alert" />
    default: {
      const Icon = icons[sign]
      return <Icon className="icon big" aria-hidden="true" />
    }
  }
}

/** One state. `heading` is 1 where it stands alone, 2 in place of the faces. */
export function StateCard({ view, actions, heading }: { view: StateView; actions: StateActions; heading: 1 | 2 }) {
  const say = useWords()
  const title = useId()
  const card = cardOf(view, say)
  const Heading = heading === 1 ? "h1" : "h2"
  return (
    <section className="state" aria-labelledby={title}>
      <Sign sign={card.sign} />
      <div role={card.isAlert ? "alert" : "status"} className="said">
        <Heading id={title}>{card.title}</Heading>
        {card.text.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      {card.steps !== undefined && (
        <Steps
          steps={card.steps}
          address={card.address}
          icon={view.kind === "denied" && view.device === "microphone" ? MicOff : VideoOff}
        />
      )}
      {card.progress !== undefined && <Progress progress={card.progress} />}
      {card.buttons.length > 0 && (
        <div className="actions">
          {card.buttons.map(({ action, label, look }) => (
            <button key={action} type="button" className={`button ${look}`} onClick={() => actions.act(action)}>
              {label}
            </button>
          ))}
        </div>
      )}
    </section>
  )
}

function Steps({ steps, address, icon: Icon }: { steps: readonly string[]; address: string | undefined; icon: LucideIcon }) {
  return (
    <ol className="steps">
      {steps.map((step, index) => (
        <li key={step}>
          {step}
          {index === 0 && address !== undefined && (
            <div className="address" aria-hidden="true">
              <Icon className="icon s" />
              <span>{address}</span>
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}

/** A bar only where the wait has an end; the words change, not the card. */
function Progress({ progress }: { progress: NonNullable<Card["progress"]> }) {
  return (
    <div className="progress">
      {progress.share !== undefined && (
        <div className="bar" aria-hidden="true" style={{ "--share": progress.share } as CSSProperties}>
          <i />
        </div>
      )}
      <p className="soft" role="status">
        {progress.text}
      </p>
    </div>
  )
}
