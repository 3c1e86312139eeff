/** Bounds of everything that crosses the wire. Units are bytes unless said. */
export const limits = {
  /** One WebSocket text message, either way. */
  envelope: 4 * 1024 * 1024,
  /** One HTTP request body. */
  body: 64 * 1024,
  /** An MLS commit. Cold removal at 1 000 members is 1.2 MB. */
  commit: 2 * 1024 * 1024,
  /** A ratchet tree. */
  tree: 2 * 1024 * 1024,
  /** A Welcome cut to its recipient. */
  welcome: 64 * 1024,
  /** A KeyPackage. */
  keyPackage: 16 * 1024,
  /** What a knocker says about itself, sealed. */
  knock: 8 * 1024,
  /** A message between a knocker and the member that answers it (D18). */
  door: 512,
  /** An MLS application message. */
  message: 256 * 1024,
  /** What a room keeps on the server, sealed. */
  shelf: 16 * 1024,
  /** Keys that may sign a change of what a room keeps: room key and hosts (D3.10). */
  roomKeys: 22,
  /** People in a call. */
  members: 1000,
  /** Adds in one commit. */
  batch: 50,
} as const
