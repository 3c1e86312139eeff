/** Screens of accounts, by the names of their fixtures. */

import type { ReactNode } from "react"
import {
  accountFixtures,
  guardFixtures,
  invitationFixtures,
  loginFixtures,
  proofFixtures,
  setupFixtures,
} from "../account/account.fixtures.ts"
import { AccountScreen } from "../account/account-screen.tsx"
import { GuardScreen } from "../account/guard-screen.tsx"
import { InvitationScreen } from "../account/invitation-screen.tsx"
import { LoginScreen } from "../account/login-screen.tsx"
import { ProofDialog } from "../account/proof-dialog.tsx"
import { SetupScreen } from "../account/setup-screen.tsx"
import type { AccountView, GuardView, InvitationView, LoginView, ProofView, SetupView } from "../view/account.ts"
import { silent } from "./silent.ts"

const login = (view: LoginView): ReactNode => <LoginScreen view={view} actions={silent("login")} />
const setup = (view: SetupView): ReactNode => <SetupScreen view={view} actions={silent("setup")} />
const invitation = (view: InvitationView): ReactNode => <InvitationScreen view={view} actions={silent("invitation")} />
const guard = (view: GuardView): ReactNode => <GuardScreen view={view} actions={silent("guard")} />
const account = (view: AccountView): ReactNode => <AccountScreen view={view} actions={{ ...silent("account"), guard: silent("guard") }} />
const proof = (view: ProofView): ReactNode => (
  <>
    {account(accountFixtures.account)}
    <ProofDialog view={view} actions={silent("proof")} />
  </>
)

const drawn = <View,>(fixtures: Record<string, View>, draw: (view: View) => ReactNode) =>
  Object.entries(fixtures).map(([name, view]) => [name, draw(view)] as const)

export const accountScreens: readonly (readonly [string, ReactNode])[] = [
  ...drawn<LoginView>(loginFixtures, login),
  ...drawn<SetupView>(setupFixtures, setup),
  ...drawn<InvitationView>(invitationFixtures, invitation),
  ...drawn<GuardView>(guardFixtures, guard),
  ...drawn<AccountView>(accountFixtures, account),
  ...drawn<ProofView>(proofFixtures, proof),
]
