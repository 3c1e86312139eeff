import { useEffect, useState } from "react"
import { api, type Answer } from "../adapters/api.ts"
import { loginPath } from "../address.ts"

type OwnAccount = Extract<Awaited<ReturnType<typeof api.getAccount>>, { kind: "done" }>["value"]

/** Undefined while asked. Who is not signed in is sent to do so, and comes back. */
export function useAccount(): Answer<OwnAccount> | undefined {
  const [answer, hear] = useState<Answer<OwnAccount>>()
  useEffect(() => {
    void api.getAccount({}).then((heard) => {
      if (!isSignedOut(heard)) hear(heard)
    })
  }, [])
  return answer
}

/** Sends who is not signed in (any more) to the login page. */
export function isSignedOut(answer: { readonly kind: "done" | "refused"; readonly code?: string }): boolean {
  const isOut = answer.kind === "refused" && answer.code === "not-signed-in"
  if (isOut) location.assign(loginPath(location.pathname))
  return isOut
}
