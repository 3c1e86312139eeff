/** Which codecs this browser has for pictures. */

interface Coded {
  getCapabilities?(kind: "video"): { readonly codecs: readonly { readonly mimeType: string }[] } | null
}

/** Whether frames in VP9 can be opened and shown here. The frame worker knows its clear byte; the browser must have the decoder. */
export const opensVp9 = (receiver: Coded = RTCRtpReceiver): boolean =>
  receiver.getCapabilities?.("video")?.codecs.some(({ mimeType }) => mimeType.toLowerCase() === "video/vp9") ?? false
