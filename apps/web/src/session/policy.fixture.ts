import type { PolicyView } from "@conclave/call"
import type { RoomId } from "@conclave/wire"

/** A new room's policy, with what a test cares about in it. */
export const policyOf = (some: Partial<PolicyView> = {}): PolicyView => ({
  kind: "link",
  room: "AAAAAAAAAAAAAAAAAAAAAA" as RoomId,
  version: 1,
  hosts: ["ada's device"],
  coHosts: [],
  listeners: [],
  successors: [],
  joinAs: "member",
  waitingRoom: false,
  isLocked: false,
  joinBeforeHost: true,
  share: "everyone",
  record: "nobody",
  minimumLevel: "guest",
  issuers: [],
  secretVersion: 1,
  isSingleUse: false,
  hasPassword: false,
  canSign: false,
  ...some,
})
