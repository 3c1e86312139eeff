/** Puts our frame transform on every sender and receiver of a connection, once, before anything can flow (D25, A2.01). */

import type { ReceiveTransform, SendTransform } from "../../frame-worker/messages.ts"

/** Hands out transforms and remembers what each belongs to. */
export interface Attacher {
  sender(sender: RTCRtpSender): void
  receiver(receiver: RTCRtpReceiver): void
}

/** Told when a sender or receiver got its transform. Numbers are unique within the page. */
export interface AttachmentLog {
  senderAttached(track: number, sender: RTCRtpSender): void
  receiverAttached(receiver: number, rtcReceiver: RTCRtpReceiver): void
}

/**
 * Attaches by RTCRtpScriptTransform. A sender or receiver that has its transform keeps it for life: setting
 * `transform` to null sends in clear in Firefox (sframe.md section 2), so nothing here ever does.
 */
export function attacher(worker: Worker, log: AttachmentLog): Attacher {
  const done = new WeakSet<RTCRtpSender | RTCRtpReceiver>()
  let next = 1
  return {
    sender(sender) {
      if (done.has(sender)) return
      done.add(sender)
      const track = next++
      sender.transform = new RTCRtpScriptTransform(worker, { role: "send", track } satisfies SendTransform)
      log.senderAttached(track, sender)
    },
    receiver(receiver) {
      if (done.has(receiver)) return
      done.add(receiver)
      const number = next++
      receiver.transform = new RTCRtpScriptTransform(worker, { role: "receive", receiver: number } satisfies ReceiveTransform)
      log.receiverAttached(number, receiver)
    },
  }
}
