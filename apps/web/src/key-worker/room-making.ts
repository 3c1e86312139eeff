/** For `/new`: makes a room on this device. Loads no engine; both keys stay in this browser (D2). */

import { makeRoom, type NewRoomMade, type Refusal, type RoomWishes } from "@conclave/crypto/room"
import { keyStore } from "./key-store.ts"

/** Gives what the server is told (`room`, `accessHash`, `shelf`, `key`) and what the address bar gets (`fragment`), never to be mixed. */
export const makeRoomHere = (wishes: RoomWishes): Promise<NewRoomMade | Refusal<"unsupported-browser">> => makeRoom(keyStore(), wishes)
