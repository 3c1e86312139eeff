/** Lets a reload go straight back into the call it left (D11). Kept for this tab only; holds no key and no link. */

export interface Returning {
  readonly name: string
  readonly camera: boolean
  readonly microphone: boolean
  /** An organisation's word for this person; worth nothing without this device's identity key (D19.5). */
  readonly token?: string
}

const keyOf = (room: string): string => `conclave.in.${room}`

export function returningTo(room: string): Returning | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(keyOf(room)) ?? "null")
    if (typeof value !== "object" || value === null) return undefined
    const { name, camera, microphone, token } = value as Record<string, unknown>
    if (typeof name !== "string" || typeof camera !== "boolean" || typeof microphone !== "boolean") return undefined
    return { name, camera, microphone, ...(typeof token === "string" ? { token } : {}) }
  } catch {
    return undefined
  }
}

/** Undefined forgets: the person left, or never came in. */
export function rememberReturn(room: string, returning: Returning | undefined): void {
  try {
    if (returning === undefined) sessionStorage.removeItem(keyOf(room))
    else {
      // Said on every change of the call; a browser writes to storage each time, reads are cheap.
      const text = JSON.stringify(returning)
      if (sessionStorage.getItem(keyOf(room)) !== text) sessionStorage.setItem(keyOf(room), text)
    }
  } catch {
    // Without storage a reload comes back through the lobby.
  }
}
