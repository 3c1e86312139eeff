import type { OpenRoom } from "../view/room.ts"
import { Visit } from "./visit.ts"

/** Begins a visit to a room. */
export const openRoom: OpenRoom = (opened) => new Visit(opened)
