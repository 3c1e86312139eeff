export { leafLimit, mediaKinds } from "./key-id.ts"
export type { MediaKind } from "./key-id.ts"
export type { EpochKey } from "./key-ring.ts"
