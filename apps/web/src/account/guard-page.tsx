import { GuardScreen } from "./guard-screen.tsx"
import { useGuard } from "./use-guard.ts"

const arrive = () => location.assign("/dashboard")

/** The last step of setting up and of taking an invitation. */
export function GuardPage() {
  const { view, actions } = useGuard({ onDone: arrive, onLater: arrive })
  return <GuardScreen view={view} actions={actions} />
}
