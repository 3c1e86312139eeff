import { useEffect, useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { StatisticsSource, StatisticsView } from "../view/statistics.ts"
import { PersonPlots } from "./statistics-plots.tsx"
import { framesHeard, noFrames } from "./statistics-series.ts"
import { StatisticsTable } from "./statistics-table.tsx"

/** Listens for as long as it is drawn. */
export function Statistics({ source }: { source: StatisticsSource }) {
  const say = useWords()
  const [heard, hear] = useState<{ view: StatisticsView | undefined; frames: typeof noFrames }>({ view: undefined, frames: noFrames })
  const [chosen, choose] = useState<string>()
  useEffect(() => source.subscribe((view) => hear(({ frames }) => ({ view, frames: framesHeard(frames, view) }))), [source])
  if (heard.view === undefined) return <p role="status">{say("statistics.waiting")}</p>
  const { people, way } = heard.view
  const person = people.find(({ id }) => id === chosen) ?? people[0]
  return (
    <>
      <dl className="facts statistics">
        <div>
          <dt>{say("statistics.way")}</dt>
          <dd>{say(`statistics.way.${way ?? "unknown"}`)}</dd>
        </div>
      </dl>
      {person !== undefined && <PersonPlots person={person} frames={heard.frames.get(person.id) ?? []} />}
      <StatisticsTable people={people} chosen={person?.id} onChoose={choose} />
    </>
  )
}
