/**
 * A track as the SDK sends it. Whether it is on is its person's alone (A2.14): the SDK obeys an SFU that says "mute" and
 * then "unmute" by setting `enabled` on the very track, and so would switch on a microphone that somebody turned off.
 */

import { LocalAudioTrack, LocalVideoTrack, type LocalTrack } from "livekit-client"

class OwnAudioTrack extends LocalAudioTrack {
  override mute(): Promise<this> {
    return Promise.resolve(this)
  }
  override unmute(): Promise<this> {
    return Promise.resolve(this)
  }
}

class OwnVideoTrack extends LocalVideoTrack {
  override mute(): Promise<this> {
    return Promise.resolve(this)
  }
  override unmute(): Promise<this> {
    return Promise.resolve(this)
  }
}

/** Wraps a track of ours for publishing; it stays ours (`isUserProvided`). */
export function ownTrack(track: MediaStreamTrack): LocalTrack {
  const constraints = track.getConstraints()
  const own = track.kind === "audio" ? new OwnAudioTrack(track, constraints, true) : new OwnVideoTrack(track, constraints, true)
  // The SDK's own classes do not fit its own union under exact optional properties.
  return own as LocalTrack
}
