import { Check, TriangleAlert } from "lucide-react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { useMoments } from "../parts/moment.tsx"
import { Shown } from "../parts/shown.tsx"
import type { Health } from "../shapes.ts"
import type { Loaded } from "../use-loaded.ts"
import "../../styles/usage.css"

interface ScreenProps {
  readonly health: Loaded<Health>
  readonly onAgain: () => void
}

interface Line {
  readonly name: string
  readonly isWell: boolean
  readonly text: string
}

/** Whether server, database and media server are well, each in a sentence. */
export function HealthScreen({ health, onAgain }: ScreenProps) {
  const say = dashboardWords.useWords()
  return (
    <section aria-labelledby="health-title">
      <div className="title-row">
        <h1 id="health-title">{say("health.title")}</h1>
        <button type="button" className="button" onClick={onAgain}>
          {say("calls.refresh")}
        </button>
      </div>
      <Shown loaded={health} onAgain={onAgain}>
        {(value) => <Lines health={value} />}
      </Shown>
    </section>
  )
}

function Lines({ health }: { readonly health: Health }) {
  const say = dashboardWords.useWords()
  const lines = useLines(health)
  return (
    <>
      <p className={health.is_well ? "verdict" : "verdict alert"} role="status">
        {say(health.is_well ? "health.well" : "health.not-well")}
      </p>
      <dl className="rows health">
        {lines.map(({ name, isWell, text }) => (
          <div key={name} className="row">
            <dt>
              {isWell ? <Check className="icon s" aria-hidden="true" /> : <TriangleAlert className="icon s alert" aria-hidden="true" />}
              {name}
            </dt>
            <dd className={isWell ? undefined : "alert"}>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function useLines({ running_since, database, sfu, relay, calls, webhooks }: Health): readonly Line[] {
  const say = dashboardWords.useWords()
  const { moment, number } = useMoments()
  const ways = sfu.ways.map((way) => say(`health.way.${way}`)).join(", ")
  const waiting =
    webhooks === null
      ? { isWell: false, text: say("health.unknown") }
      : {
          isWell: webhooks.failing_count === 0,
          text: say("health.webhooks-what", { waiting: number(webhooks.waiting_count), failing: number(webhooks.failing_count) }),
        }
  return [
    { name: say("health.server"), isWell: true, text: say("health.server-what", { when: moment(running_since) }) },
    {
      name: say("health.database"),
      isWell: database.is_answering,
      text: database.is_answering
        ? say("health.database-what", { milliseconds: number(database.took_milliseconds ?? 0) })
        : say("health.database-away"),
    },
    {
      name: say("health.sfu"),
      isWell: sfu.is_answering,
      text: sfu.is_answering ? say("health.sfu-what", { ways }) : say("health.sfu-away"),
    },
    { name: say("health.relay"), isWell: true, text: say(relay.is_on ? "health.relay-on" : "health.relay-off") },
    {
      name: say("health.calls"),
      isWell: true,
      text: say("health.calls-what", { calls: number(calls.live_count), people: number(calls.participants_count) }),
    },
    { name: say("health.webhooks"), ...waiting },
  ]
}
