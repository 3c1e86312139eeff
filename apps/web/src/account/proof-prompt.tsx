import { useEffect, useState } from "react"
import { api } from "../adapters/api.ts"
import { hasPasskeys, showPasskey } from "../adapters/passkeys.ts"
import type { Asked } from "../view/account.ts"
import { ProofDialog } from "./proof-dialog.tsx"

/** Asks for password or passkey until one is right or the person gives up. */
export function ProofPrompt({ onSettled }: { readonly onSettled: (isProven: boolean) => void }) {
  const [written, write] = useState({ password: "", code: "" })
  const [has, know] = useState({ needsCode: false, canPasskey: false })
  const [asked, set] = useState<Asked>({ isBusy: false })
  useEffect(() => {
    void api.getAccount({}).then((answer) => {
      if (answer.kind === "done")
        know({ needsCode: answer.value.has_authenticator_app, canPasskey: hasPasskeys() && answer.value.passkeys > 0 })
    })
  }, [])
  const prove = (run: () => Promise<{ readonly kind: "done" } | ({ readonly kind: "refused" } & NonNullable<Asked["refusal"]>)>) => {
    set({ isBusy: true })
    void run().then((answer) => {
      if (answer.kind === "done") onSettled(true)
      else set({ isBusy: false, refusal: answer })
    })
  }
  const { password, code } = written
  return (
    <ProofDialog
      view={{ ...written, ...has, ...asked }}
      actions={{
        write: (more) => write({ ...written, ...more }),
        submit: () => prove(() => api.proveAgain({ body: { password, ...(has.needsCode && { code: code.replaceAll(/\s/g, "") }) } })),
        showPasskey: () =>
          prove(async () => {
            const challenge = await api.askPasskeyProof({})
            if (challenge.kind === "refused") return challenge
            const shown = await showPasskey(challenge.value.options)
            if (shown.kind === "refused") return shown
            return api.proveAgainPasskey({ body: { ticket: challenge.value.ticket, response: shown.value } })
          }),
        giveUp: () => onSettled(false),
      }}
    />
  )
}
