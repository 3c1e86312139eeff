import { lazy, Suspense } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { StatisticsSource } from "../view/statistics.ts"
import { Panel } from "./panel.tsx"

// Plots come with the first look at them.
const Statistics = lazy(() => import("./statistics.tsx").then((module) => ({ default: module.Statistics })))

interface PanelProps {
  readonly id: string
  readonly source: StatisticsSource
  readonly onClose: () => void
  readonly takesFocus: boolean
}

/** How pictures and sound travel, by person. Measured only while this is open (L37). */
export function StatisticsPanel({ id, source, onClose, takesFocus }: PanelProps) {
  const say = useWords()
  return (
    <Panel id={id} title={say("statistics.title")} onClose={onClose} takesFocus={takesFocus}>
      <p className="soft">{say("statistics.what")}</p>
      <Suspense fallback={<p role="status">{say("statistics.waiting")}</p>}>
        <Statistics source={source} />
      </Suspense>
    </Panel>
  )
}
