import { useState } from "react"
import { api } from "../adapters/api.ts"
import { hasPasskeys, showPasskey } from "../adapters/passkeys.ts"
import { accountWords } from "../i18n/account-words.ts"
import { LoginScreen } from "./login-screen.tsx"
import { useAsking } from "./use-asking.ts"

/** `next`: where to go then, a path of ours (D41.3). */
export const LoginPage = ({ next }: { readonly next: string }) => (
  <accountWords.Speaking>
    <Login next={next} />
  </accountWords.Speaking>
)

function Login({ next }: { readonly next: string }) {
  const { isBusy, refusal, ask, clear } = useAsking()
  const [written, write] = useState({ email: "", password: "", code: "" })
  const [ticket, wait] = useState<string>()
  const arrive = () => location.assign(next)
  const { email, password, code } = written
  const sendPassword = () =>
    ask(
      () => api.logIn({ body: { email, password } }),
      (answer) => {
        if (answer.next === "signed-in") return arrive()
        write({ email, password: "", code: "" })
        wait(answer.ticket)
      },
    )
  const sendCode = (half: string) =>
    ask(async () => {
      const answer = await api.logInSecondFactor({ body: { ticket: half, code: code.replaceAll(/\s/g, "") } })
      // Too late or too often: the password is asked for again, and it says why.
      if (answer.kind === "refused" && answer.code === "ticket-used") wait(undefined)
      return answer
    }, arrive)
  const back = () => {
    clear()
    wait(undefined)
  }
  return (
    <LoginScreen
      view={
        ticket === undefined
          ? { step: "password", email, password, canPasskey: hasPasskeys(), isBusy, refusal }
          : { step: "code", code, isBusy, refusal }
      }
      actions={{
        write: (more) => write({ ...written, ...more }),
        submit: () => (ticket === undefined ? sendPassword() : sendCode(ticket)),
        showPasskey: () => ask(logInByPasskey, arrive),
        back,
      }}
    />
  )
}

async function logInByPasskey() {
  const challenge = await api.askPasskeyLogin({})
  if (challenge.kind === "refused") return challenge
  const shown = await showPasskey(challenge.value.options)
  if (shown.kind === "refused") return shown
  return api.logInPasskey({ body: { ticket: challenge.value.ticket, response: shown.value } })
}
