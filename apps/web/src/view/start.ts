/** The first page: make a meeting, or go to one by its link. */

/** Why a pasted text cannot be followed. */
export type LinkTrouble =
  | { readonly kind: "not-a-link" }
  /** The part behind `#` is missing or short: mail programs cut links. */
  | { readonly kind: "cut" }
  | { readonly kind: "other-server"; readonly host: string }

export interface StartView {
  readonly pasted: string
  /** Shown once the person asked to join; cleared by the next keystroke. */
  readonly trouble?: LinkTrouble
}

export interface StartActions {
  readonly paste: (text: string) => void
  readonly join: () => void
}
