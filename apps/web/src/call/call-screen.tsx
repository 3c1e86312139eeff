export function CallScreen(_: {
  call: import("../view/call.ts").CallView
  security: import("../view/security.ts").SecurityView
  actions: import("../view/room.ts").RoomActions
}) {
  return null
}
