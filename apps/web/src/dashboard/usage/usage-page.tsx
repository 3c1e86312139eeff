import { useCallback, useState } from "react"
import { api, type Answer } from "../../adapters/api.ts"
import { useLoaded } from "../use-loaded.ts"
import type { PageProps } from "../visit.ts"
import { UsageScreen, type Span } from "./usage-screen.tsx"
import { dayOf, seriesOf, type DayOfUse } from "./usage-series.ts"

const dayLength = 24 * 3600 * 1000

/** `/dashboard/usage` */
export function UsagePage({ visit: { team } }: PageProps) {
  const [span, look] = useState<Span>("30")
  const load = useCallback(async (): Promise<Answer<readonly DayOfUse[]>> => {
    const [now, days] = [Date.now(), Number(span)]
    const answer = await api.getUsage({ query: { from: dayOf(now - (days - 1) * dayLength), to: dayOf(now), team_id: team } })
    return answer.kind === "done" ? { kind: "done", value: seriesOf(answer.value.data, { now, days }) } : answer
  }, [span, team])
  const [usage, again] = useLoaded(load)
  return <UsageScreen usage={usage} span={span} onSpan={look} onAgain={again} />
}
