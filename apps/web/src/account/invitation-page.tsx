import { useEffect, useState } from "react"
import { api } from "../adapters/api.ts"
import { accountWords } from "../i18n/account-words.ts"
import type { InvitationView } from "../view/account.ts"
import { GuardPage } from "./guard-page.tsx"
import { InvitationScreen } from "./invitation-screen.tsx"
import { useAsking } from "./use-asking.ts"

/** D41.2: `token` is the only copy; it leaves the address bar once it has been used. */
export const InvitationPage = ({ token }: { readonly token: string }) => (
  <accountWords.Speaking>
    <Invitation token={token} />
  </accountWords.Speaking>
)

type Seen = Awaited<ReturnType<typeof api.lookAtInvitation>>

/** A link cut short is refused as malformed: to a person it is a link that does not open. */
const look = async (token: string): Promise<Seen> => {
  const seen = await api.lookAtInvitation({ body: { token } })
  return seen.kind === "refused" && seen.code === "invalid" ? { ...seen, code: "link-used" } : seen
}

function Invitation({ token }: { readonly token: string }) {
  const { isBusy, refusal, ask } = useAsking()
  const [seen, see] = useState<Seen>()
  const [written, write] = useState({ name: "", email: "", password: "" })
  const [isMade, made] = useState(false)
  useEffect(() => void look(token).then(see), [token])
  if (seen === undefined) return null
  if (isMade) return <GuardPage />
  const arrive = () => {
    history.replaceState(null, "", "/invitation")
    made(true)
  }
  const { name, email, password } = written
  const submit = () =>
    seen.kind === "done" && seen.value.kind === "recovery"
      ? ask(() => api.recoverAccount({ body: { token, password } }), arrive)
      : ask(() => api.acceptInvitation({ body: { token, name, email, password } }), arrive)
  const view = viewOf(seen, { ...written, isBusy, refusal })
  return <InvitationScreen view={view} actions={{ write: (more) => write({ ...written, ...more }), submit }} />
}

type Written = Omit<Extract<InvitationView, { kind: "new-account" }>, "kind" | "organisation" | "role" | "team">

function viewOf(seen: Seen, written: Written): InvitationView {
  if (seen.kind === "refused") return { kind: "void", refusal: seen }
  const { kind, organisation, role, team } = seen.value
  return kind === "recovery" ? { ...written, kind, organisation } : { ...written, kind, organisation, role, team: team?.name }
}
