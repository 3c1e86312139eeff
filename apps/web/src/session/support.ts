/** Whether this browser can seal a call. If not, the call stops before it starts; there is no lesser way (D6). */

import { hasEd25519 } from "@conclave/crypto/room"
import type { MissingFeature } from "../view/state.ts"

/** The first thing this browser lacks; undefined when it has all. */
export async function missingFeature(): Promise<MissingFeature | undefined> {
  // Lib.dom takes all of these for granted; browsers do not.
  const has = (name: string): boolean => name in globalThis
  if (!globalThis.isSecureContext) return "secure-context"
  if (!has("RTCPeerConnection") || !("mediaDevices" in navigator)) return "webrtc"
  if (!has("RTCRtpScriptTransform")) return "encoded-transform"
  if (!has("WebAssembly")) return "wasm"
  if (!("locks" in navigator)) return "web-lock"
  if (!has("indexedDB")) return "storage"
  return (await hasEd25519()) ? undefined : "x25519-or-ed25519"
}
