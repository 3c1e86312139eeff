import { useState } from "react"
import { api } from "../adapters/api.ts"
import { accountWords } from "../i18n/account-words.ts"
import { GuardPage } from "./guard-page.tsx"
import { SetupScreen } from "./setup-screen.tsx"
import { useAsking } from "./use-asking.ts"

/** D41.2: `token` is the only copy; it leaves the address bar once it has been used. */
export const SetupPage = ({ token }: { readonly token: string }) => (
  <accountWords.Speaking>
    <Setup token={token} />
  </accountWords.Speaking>
)

function Setup({ token }: { readonly token: string }) {
  const { isBusy, refusal, ask } = useAsking()
  const [written, write] = useState({ organisation: "", name: "", email: "", password: "" })
  const [isMade, made] = useState(false)
  const submit = () =>
    ask(
      () => api.setUp({ body: { token, ...written } }),
      () => {
        history.replaceState(null, "", "/setup")
        made(true)
      },
    )
  if (isMade) return <GuardPage />
  return <SetupScreen view={{ ...written, isBusy, refusal }} actions={{ write: (more) => write({ ...written, ...more }), submit }} />
}
