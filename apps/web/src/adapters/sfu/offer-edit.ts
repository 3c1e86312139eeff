/**
 * Two edits of an offer, made on the wire only (D26). Measured with livekit-server 1.13.5: as DTLS server it picks
 * AEAD_AES_256_GCM for SRTP in both browsers; as client it leaves the choice to them. And an extension that was
 * never offered cannot tell the SFU who speaks and how loud (A7.03).
 */

/** The offer could not be edited as the rule wants; the call is refused rather than run without it. */
export class OfferEditFailed extends Error {
  readonly code = "offer-edit-failed"
  constructor(what: "no-setup-line" | "audio-level-left" | "callback-form") {
    super(what)
    this.name = "OfferEditFailed"
  }
}

const audioLevel = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"

/** The offer as the SFU is to see it: we are the DTLS client, and no audio level is offered. */
export function offerForWire(sdp: string): string {
  const edited = withoutAudioLevel(sdp).replaceAll(/^a=setup:actpass(?=\r?$)/gm, "a=setup:active")
  const hasMedia = /^m=/m.test(edited)
  if (hasMedia && !/^a=setup:active\r?$/m.test(edited)) throw new OfferEditFailed("no-setup-line")
  if (edited.includes(audioLevel)) throw new OfferEditFailed("audio-level-left")
  return edited
}

/** The same offer as the browser accepts it: Chromium refuses an answer to a really `active` offer. */
export function offerForBrowser(sdp: string): string {
  return sdp.replaceAll(/^a=setup:active(?=\r?$)/gm, "a=setup:actpass")
}

function withoutAudioLevel(sdp: string): string {
  return sdp
    .split("\n")
    .filter((line) => !(line.startsWith("a=extmap:") && line.trimEnd().split(" ")[1] === audioLevel))
    .join("\n")
}
