/** What people do together in a call beside media: pure reducers over what the group's members said. */

export { nobody } from "./gathering.ts"
export type { Gathering, Input, Output, RosterMember } from "./gathering.ts"
export { reactions, type Reaction } from "./reaction.ts"
export { manyFrom } from "./spans.ts"
export { noState, printState, type State } from "./state.ts"
export { gatheringMachine, step } from "./step.ts"
export { viewOf } from "./view.ts"
export type { GatheringView, Opening } from "./view.ts"
