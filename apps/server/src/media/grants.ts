/** What a member may do at the SFU. The browser never sees such a grant; our proxy shows it (A4.11). */

import { AccessToken, TrackSource } from "livekit-server-sdk"

const secondsGood = 60

/** Seconds that a call to the SFU's interface may take. */
export const apiCallsTimeout = 5

export interface GrantRequest {
  readonly key: string
  readonly secret: string
  readonly call: string
  readonly member: string
  /** `probe`: it connects, and that is all (D27.11). */
  readonly as: "member" | "probe"
}

/** A JWT for one room and one pseudonym. Everything is said, for what is left unsaid LiveKit allows. */
export async function grantFor({ key, secret, call, member, as }: GrantRequest): Promise<string> {
  const isMember = as === "member"
  const token = new AccessToken(key, secret, { identity: member, name: "", ttl: secondsGood })
  token.addGrant({
    roomJoin: true,
    room: call,
    canPublish: isMember,
    canPublishSources: isMember
      ? [TrackSource.MICROPHONE, TrackSource.CAMERA, TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO]
      : [],
    canSubscribe: isMember,
    canPublishData: false,
    canUpdateOwnMetadata: false,
    hidden: !isMember,
    roomCreate: false,
    roomList: false,
    roomAdmin: false,
    roomRecord: false,
    recorder: false,
    agent: false,
  })
  return token.toJwt()
}
