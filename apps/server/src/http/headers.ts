/** What every response says (D28). */

import type { OutgoingHttpHeaders } from "node:http"

/**
 * `socketOrigin` is the `ws:` or `wss:` form of the origin that the browser knows us by; `issuerOrigins` are those of the
 * organisation's identity providers, which the page asks itself (D19.10).
 */
export function contentSecurityPolicy(socketOrigin: string, issuerOrigins: readonly string[] = []): string {
  const policy = {
    "default-src": "'none'",
    // WebAssembly of the MLS engine; the word allows compiling it and nothing else.
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' blob: data:",
    "font-src": "'self'",
    "media-src": "'self' blob:",
    "connect-src": ["'self'", socketOrigin, ...issuerOrigins].join(" "),
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    // The page makes one policy, which lets our own two worker files through and nothing else.
    "trusted-types": "conclave-workers",
  }
  return Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ")
}

const own = [
  "autoplay",
  "camera",
  "display-capture",
  "fullscreen",
  "microphone",
  "picture-in-picture",
  "screen-wake-lock",
  "speaker-selection",
]
const nobody = [
  "accelerometer",
  "browsing-topics",
  "geolocation",
  "gyroscope",
  "hid",
  "magnetometer",
  "midi",
  "payment",
  "serial",
  "usb",
  "xr-spatial-tracking",
]
const permissions = [...own.map((name) => `${name}=(self)`), ...nobody.map((name) => `${name}=()`)].join(", ")

export function securityHeaders(isTls: boolean, socketOrigin: string, issuerOrigins: readonly string[] = []): OutgoingHttpHeaders {
  return {
    "content-security-policy": contentSecurityPolicy(socketOrigin, issuerOrigins),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": permissions,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    ...(isTls ? { "strict-transport-security": "max-age=63072000; includeSubDomains; preload" } : {}),
  }
}
