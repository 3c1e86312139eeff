/** The only door to the platform's chance and ciphers. Nothing else here touches `crypto`. */

/** Bytes that own their memory, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>

export const subtle: SubtleCrypto = globalThis.crypto.subtle

/** `length` bytes from the platform's generator. */
export const randomBytes = (length: number): Bytes => globalThis.crypto.getRandomValues(new Uint8Array(length))

/** SHA-256 of `bytes`. */
export const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await subtle.digest("SHA-256", bytes))
