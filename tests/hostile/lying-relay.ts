/**
 * An SFU that lies, frame by frame. It has everything that was ever sent through it and no key: it can keep, repeat, cut,
 * lengthen, turn bits, splice and put other labels on. Each gives a frame that it may pass on in place of the true one.
 */

import { decodeHeader, encodeHeader } from "../../packages/crypto/src/sframe/header.ts"
import { packKeyId, unpackKeyId, type KeyIdParts } from "../../packages/crypto/src/sframe/key-id.ts"
import type { Codec } from "@conclave/crypto/sframe"

type Bytes = Uint8Array<ArrayBuffer>

/** A sealed frame on its way, and the codec that the SFU says it is in. */
export interface Carried {
  readonly codec: Codec
  readonly data: Bytes
}

export class LyingRelay {
  /** Everything it ever carried, in order. */
  readonly kept: Carried[] = []

  /** What an honest relay does; this one keeps a copy. */
  carry(codec: Codec, data: Bytes): Carried {
    const frame = { codec, data: data.slice() }
    this.kept.push(frame)
    return frame
  }

  /** A frame it has carried before. */
  copy(at: number): Carried {
    const frame = this.kept[at]
    if (frame === undefined) throw new Error("bug: never carried")
    return { ...frame, data: frame.data.slice() }
  }

  flip(frame: Carried, ...bits: readonly number[]): Carried {
    const data = frame.data.slice()
    for (const bit of bits) data[bit >> 3] = (data[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return { ...frame, data }
  }

  truncate(frame: Carried, length: number): Carried {
    return { ...frame, data: frame.data.slice(0, length) }
  }

  extend(frame: Carried, more: Uint8Array): Carried {
    return { ...frame, data: joined(frame.data, more) }
  }

  /** The clear bytes and header of one frame, the sealed part of another. */
  splice(head: Carried, body: Carried): Carried {
    return { ...head, data: joined(head.data.subarray(0, bodyAt(head)), body.data.subarray(bodyAt(body))) }
  }

  /** The same frame as another member's, kind's, epoch's or track's. */
  relabel(frame: Carried, claim: Partial<KeyIdParts> & { readonly codec?: Codec; readonly counter?: bigint }): Carried {
    const at = clearSize(frame)
    const header = decodeHeader(frame.data.subarray(at))
    const parts = header && unpackKeyId(header.keyId)
    if (header === undefined || parts === undefined) throw new Error("bug: not a frame of ours")
    const { codec = frame.codec, counter = header.counter, ...claimed } = claim
    const label = encodeHeader({ keyId: packKeyId({ ...parts, ...claimed }), counter })
    return { codec, data: joined(frame.data.subarray(0, at), label, frame.data.subarray(bodyAt(frame))) }
  }
}

/** What a frame says of itself, without proof; undefined when it says nothing. */
export function claimOf(frame: Carried): { readonly keyId: bigint; readonly counter: bigint } | undefined {
  const header = decodeHeader(frame.data.subarray(clearSize(frame)))
  return header && { keyId: header.keyId, counter: header.counter }
}

/** Bytes in front of the header (sframe/clear-bytes.ts). */
const clearSize = ({ codec, data }: Carried): number => (codec === "opus" ? 0 : ((data[0] ?? 0) & 1) === 0 ? 10 : 1)

/** Where header and clear bytes end. */
export const bodyAt = (frame: Carried): number => {
  const at = clearSize(frame)
  return at + (decodeHeader(frame.data.subarray(at))?.length ?? 0)
}

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
