import { useState } from "react"
import { api } from "../adapters/api.ts"
import type { AccountActions, AccountView } from "../view/account.ts"
import { useAsking } from "./use-asking.ts"

interface SelfForms {
  readonly view: Pick<AccountView, "name" | "password">
  readonly actions: Pick<AccountActions, "write" | "saveName" | "savePassword">
}

/** Name and password: one form each, saved apart. `name`: what the server has. */
export function useSelfForms({ name, onPassword }: { readonly name: string; readonly onPassword: () => void }): SelfForms {
  const [naming, changing] = [useAsking(), useAsking()]
  const [written, write] = useState<{ readonly name?: string; readonly password: string }>({ password: "" })
  const [saved, mark] = useState<"name" | "password">()
  const wanted = written.name ?? name
  const isChanged = () => {
    write({ ...written, password: "" })
    mark("password")
    onPassword()
  }
  return {
    view: {
      name: { written: wanted, isSaved: saved === "name", isBusy: naming.isBusy, refusal: naming.refusal },
      password: { written: written.password, isSaved: saved === "password", isBusy: changing.isBusy, refusal: changing.refusal },
    },
    actions: {
      write: (more) => {
        mark(undefined)
        write({ ...written, ...more })
      },
      saveName: () =>
        naming.ask(
          () => api.changeAccount({ body: { name: wanted } }),
          () => mark("name"),
        ),
      savePassword: () => changing.ask(() => api.changePassword({ body: { password: written.password } }), isChanged),
    },
  }
}
