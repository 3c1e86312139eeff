import { api } from "../adapters/api.ts"
import { hasPasskeys } from "../adapters/passkeys.ts"
import type { AccountActions, AccountView } from "../view/account.ts"
import type { Own } from "./own.ts"
import { useAsking } from "./use-asking.ts"
import { useGuard } from "./use-guard.ts"
import { useQuestion } from "./use-question.ts"
import { useSelfForms } from "./use-self-forms.ts"

interface OwnAccount {
  readonly view: AccountView
  readonly actions: AccountActions
}

const leave = () => location.assign("/login")

/** All that one's own account page shows and does. `reload`: what the server knows has changed. */
export function useOwnAccount({ account, shown }: Own, reload: () => void): OwnAccount {
  const { ask: press, refusal } = useAsking()
  const guard = useGuard({ onDone: reload, onLater: () => undefined })
  const self = useSelfForms({ name: account.name, onPassword: reload })
  const question = useQuestion({
    nameOf: (passkey) => shown.passkeys.find(({ id }) => id === passkey)?.name ?? "",
    onDone: (about, codes) => {
      if (about === "sessions") return leave()
      reload()
      if (codes !== undefined) guard.show(codes)
    },
  })
  return {
    view: {
      ...shown,
      ...self.view,
      email: account.email,
      role: account.role,
      canPasskey: hasPasskeys(),
      hasApp: account.has_authenticator_app,
      codesLeft: account.recovery_codes_left,
      refusal: refusal ?? (guard.isOpen ? undefined : guard.view.refusal),
      open: guard.isOpen ? guard.view : question.view,
    },
    actions: {
      ...self.actions,
      begin: guard.actions.choose,
      ask: question.pose,
      answer: question.answer,
      endSession: (session) => press(() => api.endSession({ params: { session } }), reload),
      endOthers: () => press(() => api.endOtherSessions({}), reload),
      signOut: () => press(() => api.logOut({}), leave),
      guard: guard.actions,
      close: () => guard.actions.choose("later"),
    },
  }
}
