/** Cameras, microphones, speakers and the screen: what the browser gives, asked for only by a person's act. */

/** Why there is no track. */
export type DeviceProblem = "denied" | "missing" | "busy" | "unsupported"

export type Captured = { readonly track: MediaStreamTrack } | { readonly problem: DeviceProblem }

/** A device as a list shows it. Labels are empty until permission was given. */
export interface Device {
  readonly id: string
  readonly label: string
}

export interface DeviceLists {
  readonly cameras: readonly Device[]
  readonly microphones: readonly Device[]
  readonly speakers: readonly Device[]
}

export async function listDevices(): Promise<DeviceLists> {
  const found = await navigator.mediaDevices.enumerateDevices()
  const of = (kind: MediaDeviceKind): Device[] =>
    found.filter((device) => device.kind === kind && device.deviceId !== "").map(({ deviceId, label }) => ({ id: deviceId, label }))
  return { cameras: of("videoinput"), microphones: of("audioinput"), speakers: of("audiooutput") }
}

/** Calls back whenever a device comes or goes. Returns how to stop. */
export function onDeviceChange(changed: () => void): () => void {
  navigator.mediaDevices.addEventListener("devicechange", changed)
  return () => {
    navigator.mediaDevices.removeEventListener("devicechange", changed)
  }
}

export function captureCamera(id?: string): Promise<Captured> {
  const video: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } }
  return capture("video", { video: id === undefined ? video : { ...video, deviceId: { exact: id } } })
}

/** `noiseSuppression`: the browser's own. */
export function captureMicrophone(id?: string, { noiseSuppression = true } = {}): Promise<Captured> {
  const audio: MediaTrackConstraints = { echoCancellation: true, noiseSuppression, autoGainControl: true }
  return capture("audio", { audio: id === undefined ? audio : { ...audio, deviceId: { exact: id } } })
}

/** The picture and, where the browser gives it, the sound of a screen, window or tab. */
export async function captureScreen(): Promise<{ video: MediaStreamTrack; audio?: MediaStreamTrack } | { problem: DeviceProblem }> {
  if (!("getDisplayMedia" in navigator.mediaDevices)) return { problem: "unsupported" }
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15 } }, audio: true })
    const [video] = stream.getVideoTracks()
    const [audio] = stream.getAudioTracks()
    if (video === undefined) return { problem: "missing" }
    video.contentHint = "detail"
    return audio === undefined ? { video } : { video, audio }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

async function capture(kind: "audio" | "video", constraints: MediaStreamConstraints): Promise<Captured> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints)
    const [track] = kind === "audio" ? stream.getAudioTracks() : stream.getVideoTracks()
    return track === undefined ? { problem: "missing" } : { track }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

function problemOf(error: unknown): DeviceProblem {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "denied"
    case "NotReadableError":
    case "AbortError":
      return "busy"
    case "TypeError":
      return "unsupported"
    default:
      return "missing"
  }
}
