import { useCallback } from "react"
import { api } from "../../adapters/api.ts"
import { useLoaded } from "../use-loaded.ts"
import { HealthScreen } from "./health-screen.tsx"

/** `/dashboard/health` */
export function HealthPage() {
  const load = useCallback(() => api.getHealth({}), [])
  const [health, again] = useLoaded(load)
  return <HealthScreen health={health} onAgain={again} />
}
