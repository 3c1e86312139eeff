/** Letting an organisation vouch for this person's name, before the call (D19). Without it one is a guest. */

import { offeredIssuers, prepareSignIn, type PreparedSignIn, type SignedIn, type SignInFailure } from "../adapters/identity.ts"
import type { Issuer } from "@conclave/call"
import type { VouchingState, VouchingView } from "../view/lobby.ts"
import { hostOf } from "./room-rules.ts"

const troubles: Record<SignInFailure, VouchingState> = {
  "pop-up-blocked": "blocked",
  "given-up": "given-up",
  "provider-unreachable": "away",
  "not-accepted": "refused",
  "unsupported-browser": "refused",
}

interface Offer {
  readonly issuer: Issuer
  readonly state: VouchingState
  /** Everything but the press, from a try whose window the browser did not open. */
  readonly prepared?: PreparedSignIn
  readonly signedIn?: SignedIn
}

export class SigningIn {
  readonly #changed: () => void
  readonly #vouched: (name: string) => void
  readonly #closed = new AbortController()
  #offers: readonly Offer[] = []

  /** `vouched`: an organisation said that this person has this name. */
  constructor(changed: () => void, vouched: (name: string) => void) {
    this.#changed = changed
    this.#vouched = vouched
  }

  /**
   * Asks the server what it is set up with; nothing of it counts in a room whose policy does not say so. The organisation itself is
   * asked nothing before the press: it need not learn who looks into a lobby.
   */
  async start(): Promise<void> {
    const issuers = await offeredIssuers()
    this.#offers = issuers.map((issuer) => ({ issuer, state: "offered" }))
    this.#changed()
  }

  get offered(): readonly Issuer[] {
    return this.#offers.map(({ issuer }) => issuer)
  }

  /** What goes to the key worker and, sealed, to the others. */
  get token(): string | undefined {
    return this.#offers.find(({ signedIn }) => signedIn !== undefined)?.signedIn?.token
  }

  views(): VouchingView[] {
    return this.#offers.map(({ issuer, state, signedIn }) => ({
      id: issuer.issuer,
      organisation: hostOf(issuer.issuer),
      state,
      ...(signedIn === undefined ? {} : { name: signedIn.identity.name }),
    }))
  }

  /** In the press itself. */
  signIn(id: string): void {
    const offer = this.#offers.find(({ issuer }) => issuer.issuer === id)
    if (offer !== undefined) void this.#ask(offer)
  }

  close(): void {
    this.#closed.abort()
  }

  /** The window opens while the press still counts as one. Where that took too long, the next press has it ready. */
  async #ask({ issuer, prepared: ready }: Offer): Promise<void> {
    this.#set({ issuer, state: "asking" })
    const prepared = ready ?? (await prepareSignIn(issuer))
    const answer = typeof prepared === "string" ? prepared : await prepared.open(this.#closed.signal)
    if (this.#closed.signal.aborted) return
    if (typeof answer === "string") {
      const isReady = answer === "pop-up-blocked" && typeof prepared !== "string"
      this.#set({ issuer, state: troubles[answer], ...(isReady ? { prepared } : {}) })
      return
    }
    // One person has one name here: the last organisation asked counts.
    this.#offers = this.#offers.map((offer) => (offer.signedIn === undefined ? offer : { issuer: offer.issuer, state: "offered" }))
    this.#vouched(answer.identity.name)
    this.#set({ issuer, state: "done", signedIn: answer })
  }

  #set(offer: Offer): void {
    this.#offers = this.#offers.map((each) => (each.issuer.issuer === offer.issuer.issuer ? offer : each))
    this.#changed()
  }
}
