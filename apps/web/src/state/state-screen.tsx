import { useWords } from "../i18n/use-words.ts"
import { Page } from "../ui/page.tsx"
import { useTitle } from "../ui/use-title.ts"
import type { StateActions, StateView } from "../view/state.ts"
import { cardOf } from "./card.ts"
import { StateCard } from "./state-card.tsx"

/** A state that stands alone. */
export function StateScreen({ view, actions }: { view: StateView; actions: StateActions }) {
  const say = useWords()
  useTitle(`${cardOf(view, say).title} · ${say("app.name")}`)
  return (
    <Page className="alone">
      <StateCard view={view} actions={actions} heading={1} />
    </Page>
  )
}
