import { useCallback, useEffect, useState } from "react"
import type { Answer } from "../adapters/api.ts"
import { accountWords } from "../i18n/account-words.ts"
import { AccountScreen } from "./account-screen.tsx"
import { Entrance } from "./entrance.tsx"
import { loadOwn, type Own } from "./own.ts"
import { refusalText } from "./refusal-text.ts"
import { StepUp } from "./step-up.tsx"
import { isSignedOut } from "./use-account.ts"
import { useOwnAccount } from "./use-own-account.ts"

/** One's own account. */
export const AccountPage = () => (
  <accountWords.Speaking>
    <StepUp>
      <Account />
    </StepUp>
  </accountWords.Speaking>
)

function Account() {
  const say = accountWords.useWords()
  const [own, know] = useState<Answer<Own>>()
  const load = useCallback(() => void loadOwn().then((answer) => isSignedOut(answer) || know(answer)), [])
  useEffect(load, [load])
  if (own === undefined) return null
  if (own.kind === "refused") return <Entrance title={say("account.title")} lead={refusalText(own, say)} />
  return <Known own={own.value} reload={load} />
}

function Known({ own, reload }: { readonly own: Own; readonly reload: () => void }) {
  const { view, actions } = useOwnAccount(own, reload)
  return <AccountScreen view={view} actions={actions} />
}
