/** Setting up, signing in, invitations, and one's own account. */

/** Why something was not done. `code`: as the server says it, or `server-away`, `passkey-…` (adapters). */
export interface Refusal {
  readonly code: string
  /** Seconds until trying again is worth it. */
  readonly retryAfter?: number | undefined
  /** Fields that are not as they must be. */
  readonly fields?: readonly string[]
}

/** What every form has: whether it is under way, and why it was refused. */
export interface Asked {
  readonly isBusy: boolean
  readonly refusal?: Refusal | undefined
}

export type LoginView = Asked &
  (
    | { readonly step: "password"; readonly email: string; readonly password: string; readonly canPasskey: boolean }
    /** The password was right; the account has an authenticator app. */
    | { readonly step: "code"; readonly code: string }
  )

export interface LoginActions {
  readonly write: (written: { readonly email?: string; readonly password?: string; readonly code?: string }) => void
  readonly submit: () => void
  readonly showPasskey: () => void
  /** From the code back to the password. */
  readonly back: () => void
}

/** Showing again who one is, before something that a stolen session must not do. */
export type ProofView = Asked & {
  readonly password: string
  readonly code: string
  readonly needsCode: boolean
  readonly canPasskey: boolean
}

export interface ProofActions {
  readonly write: (written: { readonly password?: string; readonly code?: string }) => void
  readonly submit: () => void
  readonly showPasskey: () => void
  readonly giveUp: () => void
}

/** Who somebody is to be, as written into the form. */
export interface Self {
  readonly name: string
  readonly email: string
  readonly password: string
}

export type SetupView = Asked & Self & { readonly organisation: string }

export interface SelfActions {
  readonly write: (written: Partial<Self> & { readonly organisation?: string }) => void
  readonly submit: () => void
}

export type Role = "owner" | "admin" | "auditor" | "member"

export type InvitationView =
  | { readonly kind: "void"; readonly refusal: Refusal }
  | (Asked &
      Self & {
        readonly kind: "new-account"
        readonly organisation: string
        readonly role: Role
        readonly team?: string | undefined
      })
  | (Asked & { readonly kind: "recovery"; readonly organisation: string; readonly password: string })

/** One step after the other towards something beside the password. */
export type GuardView = Asked &
  (
    | { readonly step: "choose"; readonly canPasskey: boolean }
    | { readonly step: "passkey"; readonly name: string }
    | { readonly step: "app"; readonly secret: string; readonly uri: string; readonly code: string }
    /** Shown this once. */
    | { readonly step: "codes"; readonly codes: readonly string[]; readonly isKept: boolean }
  )

export interface GuardActions {
  readonly choose: (what: "passkey" | "app" | "later") => void
  readonly write: (written: { readonly name?: string; readonly code?: string }) => void
  readonly submit: () => void
  readonly keep: (isKept: boolean) => void
  readonly copy: () => void
  readonly save: () => void
  readonly done: () => void
}

/** Moments are milliseconds since 1970. */
export interface PasskeyView {
  readonly id: string
  readonly name: string
  readonly madeAt: number
  readonly usedAt: number | undefined
}

export interface SessionView {
  readonly id: string
  readonly isThis: boolean
  /** As the browser called itself. */
  readonly agent: string
  readonly begunAt: number
  readonly seenAt: number
}

export interface AccountView {
  readonly email: string
  readonly role: Role
  readonly name: Asked & { readonly written: string; readonly isSaved: boolean }
  readonly password: Asked & { readonly written: string; readonly isSaved: boolean }
  readonly passkeys: readonly PasskeyView[]
  readonly canPasskey: boolean
  readonly hasApp: boolean
  readonly codesLeft: number
  readonly sessions: readonly SessionView[]
  /** What is being done elsewhere on the page than in a form. */
  readonly refusal?: Refusal | undefined
  /** A dialog over the page. */
  readonly open?: GuardView | AccountQuestion | undefined
}

/** What cannot be undone is asked first. */
export type AccountQuestion = Asked & { readonly step: "ask" } & (
    | { readonly about: "passkey"; readonly id: string; readonly name: string }
    | { readonly about: "app" }
    | { readonly about: "codes" }
    | { readonly about: "sessions" }
  )

export interface AccountActions {
  readonly write: (written: { readonly name?: string; readonly password?: string }) => void
  readonly saveName: () => void
  readonly savePassword: () => void
  readonly begin: (what: "passkey" | "app") => void
  readonly ask: (question: { readonly about: "app" | "codes" | "sessions" } | { readonly about: "passkey"; readonly id: string }) => void
  readonly answer: (isYes: boolean) => void
  readonly endSession: (id: string) => void
  readonly endOthers: () => void
  readonly signOut: () => void
  readonly guard: GuardActions
  readonly close: () => void
}
