/**
 * The three kinds of room (D1). A page knows the kind from the path by which it was opened; nothing that a server, a policy or a
 * member says makes it another one.
 *
 *   link        opened by the link's secret, which no server has
 *   identity    opened by what the server hands to whom it lets in; sealed by the keys of the group, which the server lacks
 *   transport   opened like that too, and its media keys come from what the server has: whoever runs it opens every frame
 */
export type RoomKind = "link" | "identity" | "transport"

/** Kinds whose opening the server keeps and hands out (D39.30). */
export type HandedKind = Exclude<RoomKind, "link">

export const isRoomKind = (value: unknown): value is RoomKind => value === "link" || value === "identity" || value === "transport"
