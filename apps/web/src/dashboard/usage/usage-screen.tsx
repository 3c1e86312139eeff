import { ChevronRight } from "lucide-react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { ChoiceField } from "../../ui/field.tsx"
import { Table } from "../../ui/table.tsx"
import { Empty, Shown } from "../parts/shown.tsx"
import { useMoments } from "../parts/moment.tsx"
import type { Loaded } from "../use-loaded.ts"
import { UsagePlot } from "./usage-plot.tsx"
import type { DayOfUse } from "./usage-series.ts"
import "../../styles/usage.css"

/** How far back one looks, in days. */
export const spans = ["7", "30", "90", "365"] as const
export type Span = (typeof spans)[number]

interface ScreenProps {
  readonly usage: Loaded<readonly DayOfUse[]>
  readonly span: Span
  readonly onSpan: (span: Span) => void
  readonly onAgain: () => void
}

/** D41.40: how much there was, drawn and as a table. Nothing of it says who. */
export function UsageScreen({ usage, span, onSpan, onAgain }: ScreenProps) {
  const say = dashboardWords.useWords()
  return (
    <section aria-labelledby="usage-title">
      <div className="title-row">
        <h1 id="usage-title">{say("usage.title")}</h1>
        <ChoiceField
          label={say("usage.span")}
          value={span}
          choices={spans.map((name) => ({ name, label: say(`usage.span.${name}`) }))}
          onChoose={onSpan}
        />
      </div>
      <p className="why">{say("usage.why")}</p>
      <Shown loaded={usage} onAgain={onAgain}>
        {(series) =>
          series.every(({ calls, minutes }) => calls === 0 && minutes === 0) ? (
            <Empty title={say("usage.none")}>{say("usage.none-what")}</Empty>
          ) : (
            <Plots series={series} />
          )
        }
      </Shown>
    </section>
  )
}

function Plots({ series }: { readonly series: readonly DayOfUse[] }) {
  const say = dashboardWords.useWords()
  const { day: dayText, number: numberText } = useMoments()
  const total = (of: (day: DayOfUse) => number) => series.reduce((sum, day) => sum + of(day), 0)
  const peak = Math.max(...series.map((day) => day.peak))
  const shared = { series, dayText, numberText }
  return (
    <>
      <div className="plots">
        <UsagePlot
          {...shared}
          title={say("usage.minutes")}
          summary={say("usage.minutes-sum", { total: numberText(total((day) => day.minutes)) })}
          valueOf={(day) => day.minutes}
        />
        <UsagePlot
          {...shared}
          title={say("usage.calls")}
          summary={say("usage.calls-sum", { total: numberText(total((day) => day.calls)) })}
          valueOf={(day) => day.calls}
        />
        <UsagePlot
          {...shared}
          title={say("usage.peak")}
          summary={say("usage.peak-most", { most: numberText(peak) })}
          valueOf={(day) => day.peak}
        />
      </div>
      <details>
        <summary>
          <ChevronRight className="icon s" aria-hidden="true" />
          {say("usage.table")}
        </summary>
        <Table
          caption={say("usage.title")}
          columns={[
            { name: say("usage.day"), cell: ({ day }) => dayText(day) },
            { name: say("usage.calls"), cell: ({ calls }) => numberText(calls), isNumber: true },
            { name: say("usage.minutes"), cell: ({ minutes }) => numberText(minutes), isNumber: true },
            { name: say("usage.peak"), cell: (day) => numberText(day.peak), isNumber: true },
          ]}
          rows={series.filter(({ calls, minutes }) => calls > 0 || minutes > 0).toReversed()}
          keyOf={({ day }) => day}
          empty={say("usage.none")}
        />
      </details>
    </>
  )
}
