/** The MLS engine: OpenMLS in WebAssembly, one `Member` for one join of one group. See README.md for the contract. */

export { engineCodeOf, engineCodes, type EngineCode } from "./codes.ts"
export { loadEngine, WrongModule, type EngineModule } from "./load.ts"
export { moduleHash } from "./module-hash.ts"
export type {
  ApplicationMessage,
  CommitMade,
  CommitRequest,
  Joiner,
  Member,
  RosterLeaf,
  StagedCommit,
  StagedJoin,
} from "../module/engine.js"
