/** The rows of the database. Names are text, bytes are blobs, lists are JSON text; numbers are whole. */

export interface Tables {
  rooms: { id: string; access_hash: string; shelf: Uint8Array }
  /** `ended` keeps a used-up name from being used again. */
  calls: { id: string; room: string; settled: number; ended: number }
  members: {
    call: string
    member: string
    session_hash: string
    joined: number
    /** Order of coming. */
    place: number
    /** The entry since which it is out. */
    out_at: number | null
    pass_hash: string | null
  }
  entries: {
    call: string
    seq: number
    type: string
    epoch: number
    /** Commits only, so that their unique index concerns nothing else. */
    attempt: number | null
    sender: string | null
    adds: string | null
    removes: string | null
    /** Void entries only. */
    of_seq: number | null
    body: Uint8Array | null
  }
  trees: { call: string; seq: number; tree: Uint8Array }
  welcomes: { call: string; member: string; seq: number; epoch: number; welcome: Uint8Array }
}
