import { topOf, type DayOfUse } from "./usage-series.ts"

interface PlotProps {
  readonly title: string
  /** Says in words what is drawn. */
  readonly summary: string
  readonly series: readonly DayOfUse[]
  readonly valueOf: (day: DayOfUse) => number
  readonly dayText: (day: string) => string
  readonly numberText: (value: number) => string
}

const [width, height] = [600, 120] as const

/** One bar a day. Whoever cannot see it hears the summary and has the table. */
export function UsagePlot({ title, summary, series, valueOf, dayText, numberText }: PlotProps) {
  const top = topOf(series.map(valueOf))
  const place = width / Math.max(1, series.length)
  const [first, last] = [series[0], series.at(-1)]
  return (
    <figure className="card plot">
      <figcaption>
        <h2>{title}</h2>
        <span className="small soft">{summary}</span>
      </figcaption>
      <div className="scale" aria-hidden="true">
        <span>{numberText(top)}</span>
        <span>{numberText(0)}</span>
      </div>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={`${title}: ${summary}`}>
        <path className="floor" d={`M0 ${height - 0.5}H${width}`} />
        {series.map((day, at) => {
          const high = (valueOf(day) / top) * (height - 1)
          return <rect key={day.day} x={at * place + place * 0.15} y={height - high} width={place * 0.7} height={high} />
        })}
      </svg>
      <div className="ends small soft" aria-hidden="true">
        <span>{first && dayText(first.day)}</span>
        <span>{last && dayText(last.day)}</span>
      </div>
    </figure>
  )
}
