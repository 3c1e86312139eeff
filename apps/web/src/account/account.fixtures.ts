import type { AccountView, GuardView, InvitationView, LoginView, ProofView, SetupView } from "../view/account.ts"

const refused = (code: string, more: { retryAfter?: number; fields?: readonly string[] } = {}) => ({ code, fields: [], ...more })
const idle = { isBusy: false } as const
const olga = { name: "Olga Larsen", email: "olga@northlight.example", password: "four words in a row" } as const
const at = Date.UTC(2026, 10, 20, 9, 30)
const day = 86_400_000

export const loginFixtures = {
  login: { ...idle, step: "password", email: "", password: "", canPasskey: true },
  "login-refused": {
    ...{ ...idle, step: "password", email: olga.email, password: "wrong", canPasskey: true },
    refusal: refused("login-refused"),
  },
  "login-too-many": {
    ...{ ...idle, step: "password", email: olga.email, password: "wrong", canPasskey: false },
    refusal: refused("too-many", { retryAfter: 840 }),
  },
  "login-code": { ...idle, step: "code", code: "" },
  "login-code-refused": { ...idle, step: "code", code: "123456", refusal: refused("code-refused", { fields: ["code"] }) },
} satisfies Record<string, LoginView>

export const setupFixtures = {
  setup: { ...idle, organisation: "", name: "", email: "", password: "" },
  "setup-refused": {
    ...{ ...idle, ...olga, organisation: "Northlight", password: "password" },
    refusal: refused("password-refused", { fields: ["password"] }),
  },
} satisfies Record<string, SetupView>

export const invitationFixtures = {
  invitation: { ...idle, ...olga, kind: "new-account", organisation: "Northlight", role: "member", team: "Press office" },
  "invitation-taken": {
    ...{ ...idle, ...olga, kind: "new-account", organisation: "Northlight", role: "auditor" },
    refusal: refused("email-taken"),
  },
  "invitation-void": { kind: "void", refusal: refused("link-used") },
  recovery: { ...idle, kind: "recovery", organisation: "Northlight", password: "" },
} satisfies Record<string, InvitationView>

const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
const codes = Array.from({ length: 10 }, (_, n) => `${"abcdefghjk"[n] ?? ""}2cd-ef3h-jk4m-np5q-rs6t`)

export const guardFixtures = {
  "guard-choose": { ...idle, step: "choose", canPasskey: true },
  "guard-choose-app": { ...idle, step: "choose", canPasskey: false },
  "guard-passkey": { ...idle, step: "passkey", name: "This device", refusal: refused("passkey-given-up") },
  "guard-app": { ...idle, step: "app", secret, uri: `otpauth://totp/Northlight:olga?secret=${secret}&issuer=Northlight`, code: "" },
  "guard-codes": { ...idle, step: "codes", codes, isKept: false },
} satisfies Record<string, GuardView>

const agents = [
  "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4) AppleWebKit/605.1.15 Version/18.4 Safari/604.1",
  "curl/8.0",
] as const

const account: AccountView = {
  email: olga.email,
  role: "owner",
  name: { ...idle, written: olga.name, isSaved: false },
  password: { ...idle, written: "", isSaved: false },
  passkeys: [
    { id: "laptop", name: "Laptop", madeAt: at - 30 * day, usedAt: at },
    { id: "key", name: "Yellow security key", madeAt: at - day, usedAt: undefined },
  ],
  canPasskey: true,
  hasApp: true,
  codesLeft: 8,
  sessions: agents.map((agent, n) => ({ id: agent, isThis: n === 0, agent, begunAt: at - n * day, seenAt: at })),
}

export const accountFixtures = {
  account,
  "account-bare": {
    ...{ ...account, passkeys: [], canPasskey: false, hasApp: false, codesLeft: 0, sessions: account.sessions.slice(0, 1) },
    name: { ...account.name, isSaved: true },
    refusal: refused("server-away"),
  },
  "account-password": {
    ...account,
    password: { ...idle, written: "short", isSaved: false, refusal: refused("password-refused", { fields: ["password"] }) },
  },
  "account-remove": { ...account, open: { ...idle, step: "ask", about: "passkey", id: "laptop", name: "Laptop" } },
  "account-app": { ...account, open: guardFixtures["guard-app"] },
  "account-codes": { ...account, open: { ...guardFixtures["guard-codes"], isKept: true } },
} satisfies Record<string, AccountView>

export const proofFixtures = {
  proof: { ...idle, password: "", code: "", needsCode: true, canPasskey: true },
  "proof-refused": { ...idle, password: "wrong", code: "", needsCode: false, canPasskey: false, refusal: refused("login-refused") },
} satisfies Record<string, ProofView>
