export type {
  CallMessage,
  Change,
  CommitBundle,
  GroupFact,
  GroupFailure,
  GroupOrder,
  GroupView,
  IdentityLevel,
  Issuer,
  Member,
  OutgoingMessage,
  Person,
  PolicyEdit,
  PolicyView,
  Removal,
  RemoveReason,
  Role,
  RoomChange,
} from "./engine-port.ts"
export { groupKeeper } from "./keeper.ts"
export type { GroupKeeper } from "./keeper.ts"
export type { KeyNews } from "./media-key.ts"
export type { KeeperParts } from "./membership.ts"
export type { RawEngine, RawMember } from "./raw-engine.ts"
export type { RoomSeal } from "./room-seal.ts"
