/** Makes a sender's encoder give a key frame, in Chromium, where only the page can ask for one (sframe.md 2.1). */

export async function forceKeyFrame(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters()
  const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }))
  await sender.setParameters(parameters, { encodingOptions })
}
