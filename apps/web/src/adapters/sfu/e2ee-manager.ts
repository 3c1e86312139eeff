/** What livekit-client asks an E2EE manager for. Ours says "encrypted" always and does nothing: the frame worker does. */

import type { BaseE2EEManager } from "livekit-client"

/** Data packets are not ours to send or read: everything said goes through the group (A2.19). */
class DataChannelsAreOff extends Error {
  constructor() {
    super("data channels are off")
  }
}

/**
 * The flag it sets makes the SFU keep its hands off the payload (no RED conversion). What the SFU says about
 * encryption changes nothing: there is no other path than the transform (A2.01).
 */
export function sealedManager(): BaseE2EEManager {
  return {
    isEnabled: true,
    isDataChannelEncryptionEnabled: true,
    setup() {},
    setupEngine() {},
    setParticipantCryptorEnabled() {},
    setSifTrailer() {},
    on() {
      return this
    },
    encryptData: () => Promise.reject(new DataChannelsAreOff()),
    handleEncryptedData: () => Promise.reject(new DataChannelsAreOff()),
  }
}
