/** What the account page knows. */

import { api, type Answer } from "../adapters/api.ts"
import type { AccountView } from "../view/account.ts"

type Heard = Awaited<ReturnType<typeof api.getAccount>>

export interface Own {
  readonly account: Extract<Heard, { readonly kind: "done" }>["value"]
  readonly shown: Pick<AccountView, "passkeys" | "sessions">
}

/** Account, passkeys and sessions, or the first refusal among them. */
export async function loadOwn(): Promise<Answer<Own>> {
  const [account, passkeys, sessions] = await Promise.all([api.getAccount({}), api.listPasskeys({}), api.listSessions({})])
  if (account.kind === "refused") return account
  if (passkeys.kind === "refused") return passkeys
  if (sessions.kind === "refused") return sessions
  const shown = {
    passkeys: passkeys.value.data.map(({ id, name, created_at, last_used_at }) => ({
      id,
      name,
      madeAt: Date.parse(created_at),
      usedAt: last_used_at === null ? undefined : Date.parse(last_used_at),
    })),
    sessions: sessions.value.data.map(({ id, is_this, agent, created_at, seen_at }) => ({
      id,
      isThis: is_this,
      agent,
      begunAt: Date.parse(created_at),
      seenAt: Date.parse(seen_at),
    })),
  }
  return { kind: "done", value: { account: account.value, shown } }
}
