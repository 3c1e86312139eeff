/** The one door to the platform's cryptography for frames: WebCrypto, the same in workers and in Node. */

/** SubtleCrypto of this worker or process. */
export const subtle: SubtleCrypto = globalThis.crypto.subtle
