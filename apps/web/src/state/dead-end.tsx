import type { StateView } from "../view/state.ts"
import { StateScreen } from "./state-screen.tsx"

/** A state that needs no session: the only way is back. */
export function DeadEnd({ view }: { view: StateView }) {
  return <StateScreen view={view} actions={{ act: () => location.assign("/") }} />
}
