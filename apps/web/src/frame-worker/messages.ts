/** What page, key worker and frame worker say to each other. Everything that comes in is parsed strictly. */

import { isCodecOf, leafLimit, mediaKinds, type Codec, type EpochKey, type MediaKind } from "@conclave/crypto/sframe"

export type { Codec, MediaKind, VideoCodec } from "@conclave/crypto/sframe"

/** Tracks and receivers are numbered by the page, each number once for the life of a frame worker. */
export const numberLimit = 2 ** 16

/** Options of a sender's RTCRtpScriptTransform. Nothing passes before `track-kind` names what the track carries. */
export interface SendTransform {
  readonly role: "send"
  readonly track: number
}

/** Options of a receiver's RTCRtpScriptTransform. Nothing passes before its owner is accepted (D23). */
export interface ReceiveTransform {
  readonly role: "receive"
  readonly receiver: number
}

export type TransformOptions = SendTransform | ReceiveTransform

/** Page to frame worker. */
export type PageToFrames =
  /**
   * First message: the port on which the key worker gives the keys. `start` counts the frame workers this page has
   * made, from 0: a restarted worker must never repeat the key ids of the one before it (D22).
   */
  | { readonly type: "keys"; readonly port: MessagePort; readonly start: number }
  /** What a track carries from now on, and in which codec alone (D22.10). */
  | { readonly type: "track-kind"; readonly track: number; readonly kind: MediaKind; readonly codec: Codec }
  /** The page knows who this is and shows the frames under that name (D23). */
  | { readonly type: "accept-owner"; readonly receiver: number; readonly leaf: number; readonly kind: MediaKind }
  /** The call is over: forget all keys. Final. */
  | { readonly type: "stop" }

/** Key worker to frame worker, on the port. */
export type KeysToFrames =
  /** The group is at a new epoch. */
  | ({ readonly type: "epoch" } & EpochKey)
  /** Forget all keys. */
  | { readonly type: "wipe" }

/** Frames refused since the worker started, by reason. */
export interface Refusals {
  readonly unknownKey: number
  readonly authentication: number
  readonly replay: number
  readonly malformed: number
}

/** Frames sealed, opened and refused since the worker started. */
export interface Counts {
  readonly type: "counts"
  readonly sent: number
  readonly received: number
  /** By claimed leaf; -1 for a claim that is nobody's. */
  readonly refused: Readonly<Record<number, Refusals>>
  /** Undecryptable frames that no change of keys explains (D24). */
  readonly outsideWindow: number
}

/** Frame worker to page. */
export type FramesToPage =
  /**
   * A receiver's frames are now this member's. They are held back until `accept-owner`. The page answers when its
   * roster has reached `epoch`: a leaf can belong to another member in another epoch (D23).
   */
  | { readonly type: "owner"; readonly receiver: number; readonly leaf: number; readonly kind: MediaKind; readonly epoch: number }
  | Counts
  /** A video track needs a key frame, and only the page can ask for it (Chromium). */
  | { readonly type: "key-frame-needed"; readonly track: number }

/** Parses the options of a transform. Undefined means refused: the transform drops everything. */
export function parseTransformOptions(value: unknown): TransformOptions | undefined {
  const source = recordOf(value)
  if (source?.["role"] === "send" && hasOnly(source, ["role", "track"]) && isBelow(numberLimit, source["track"])) {
    return { role: "send", track: source["track"] }
  }
  if (source?.["role"] === "receive" && hasOnly(source, ["role", "receiver"]) && isBelow(numberLimit, source["receiver"])) {
    return { role: "receive", receiver: source["receiver"] }
  }
  return undefined
}

/** Parses a message of the page. Undefined means refused. */
export function parsePageMessage(value: unknown): PageToFrames | undefined {
  const source = recordOf(value)
  switch (source?.["type"]) {
    case "keys": {
      const { port, start } = source
      return hasOnly(source, ["type", "port", "start"]) && isPort(port) && isBelow(numberLimit, start)
        ? { type: "keys", port, start }
        : undefined
    }
    case "track-kind": {
      const { track, kind, codec } = source
      if (!hasOnly(source, ["type", "track", "kind", "codec"]) || !isBelow(numberLimit, track) || !isMediaKind(kind)) return undefined
      return isCodec(codec) && isCodecOf(kind, codec) ? { type: "track-kind", track, kind, codec } : undefined
    }
    case "accept-owner": {
      const { receiver, leaf, kind } = source
      if (!hasOnly(source, ["type", "receiver", "leaf", "kind"]) || !isBelow(numberLimit, receiver)) return undefined
      return isBelow(leafLimit, leaf) && isMediaKind(kind) ? { type: "accept-owner", receiver, leaf, kind } : undefined
    }
    case "stop":
      return hasOnly(source, ["type"]) ? { type: "stop" } : undefined
    default:
      return undefined
  }
}

/** Parses a message of the key worker. Undefined means refused. */
export function parseKeysMessage(value: unknown): KeysToFrames | undefined {
  const source = recordOf(value)
  if (source?.["type"] === "wipe") return hasOnly(source, ["type"]) ? { type: "wipe" } : undefined
  if (source?.["type"] !== "epoch" || !hasOnly(source, ["type", "epoch", "key", "own", "leaves", "removed", "switch"])) return undefined
  const { epoch, key, own, leaves, removed, switch: pace } = source
  if (!isBelow(Number.MAX_SAFE_INTEGER, epoch) || !isBaseKey(key) || !isBelow(leafLimit, own)) return undefined
  if (!isLeaves(leaves) || !isLeaves(removed) || (pace !== "now" && pace !== "soon")) return undefined
  return { type: "epoch", epoch, key, own, leaves: [...leaves], removed: [...removed], switch: pace }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
}

const hasOnly = (source: object, names: readonly string[]): boolean => Object.keys(source).every((name) => names.includes(name))

const isBelow = (limit: number, value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < limit

const isMediaKind = (value: unknown): value is MediaKind => mediaKinds.some((kind) => kind === value)

const isCodec = (value: unknown): value is Codec => value === "opus" || value === "vp8" || value === "vp9"

const isLeaves = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length <= leafLimit && value.every((leaf) => isBelow(leafLimit, leaf))

const isPort = (value: unknown): value is MessagePort => typeof MessagePort !== "undefined" && value instanceof MessagePort

/** A key this worker could export, or use for anything but deriving, is a mistake of the key worker. */
function isBaseKey(value: unknown): value is CryptoKey {
  if (typeof CryptoKey === "undefined" || !(value instanceof CryptoKey)) return false
  return value.algorithm.name === "HKDF" && !value.extractable && value.usages.includes("deriveBits")
}
