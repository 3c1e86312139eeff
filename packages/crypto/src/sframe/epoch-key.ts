/** What the key worker gives the frame worker for each epoch of the group. */

/** An epoch of the group as the key worker hands it over. An epoch is handed over once. */
export interface EpochKey {
  readonly epoch: number
  /** HKDF key of the epoch's base key, not extractable (keys.ts, `importBaseKey`). */
  readonly key: CryptoKey
  /** Our own leaf. */
  readonly own: number
  /** All members' leaves. */
  readonly leaves: readonly number[]
  /** Leaves removed since the epoch handed over before; one may stand in `leaves` too: it has a new member. */
  readonly removed: readonly number[]
  /** "now" after a removal, else "soon": the slower members get time to have the key. */
  readonly switch: "now" | "soon"
}
