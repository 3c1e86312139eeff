/** What LiveKit is told (livekit.md 11). It refuses unknown keys, so every key here is known to 1.13.5. */

export interface SfuSettings {
  readonly httpPort: number
  readonly mediaAddress: string
  readonly mediaPort: number
  /** For networks that let no UDP out; 0 is none. LiveKit listens there on all addresses. */
  readonly tcpPort: number
  readonly key: string
  readonly secret: string
}

/** JSON, which is YAML. Handed over in the environment: no file and no argument ever holds the secret. */
export function sfuConfig({ httpPort, mediaAddress, mediaPort, tcpPort, key, secret }: SfuSettings): string {
  const isLoopback = mediaAddress.startsWith("127.")
  return JSON.stringify({
    port: httpPort,
    bind_addresses: ["127.0.0.1"],
    rtc: {
      node_ip: mediaAddress,
      use_external_ip: false,
      // D27: stock Firefox cannot connect to a loopback candidate, so none is offered unless there is nothing else.
      enable_loopback_candidate: isLoopback,
      ips: { includes: [`${mediaAddress}/32`] },
      udp_port: mediaPort,
      tcp_port: tcpPort,
      // Nobody else's STUN servers hear of our calls.
      stun_servers: [],
    },
    turn: { enabled: false },
    // Rooms exist only when we made them, and only codecs that our frames fit.
    room: {
      auto_create: false,
      enabled_codecs: [{ mime: "audio/opus" }, { mime: "video/VP8" }, { mime: "video/VP9" }, { mime: "video/rtx" }],
    },
    keys: { [key]: secret },
    logging: { level: "error", json: true },
  })
}
