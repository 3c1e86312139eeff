export type {
  CallMessage,
  Change,
  CommitBundle,
  CommitEffect,
  GroupFact,
  GroupFailure,
  GroupOrder,
  GroupView,
  IdentityLevel,
  Issuer,
  Leaf,
  MediaState,
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
export { run } from "./run.ts"
export type { Machine, Shell } from "./run.ts"
export { idle } from "./session.ts"
export type { Alarm, Fact, Input, Millis, Notice, Output, Session } from "./session.ts"
export { callMachine, step } from "./step.ts"
export { parseTraceLine, replay, traceLine } from "./trace.ts"
export { callViewOf } from "./view.ts"
export type { CallView, InView, MemberView } from "./view.ts"
