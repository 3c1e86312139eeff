import type { MakeRoom } from "../view/room.ts"

/** Makes a room sealed by link. */
export const makeRoom: MakeRoom = () => Promise.resolve("internal")
