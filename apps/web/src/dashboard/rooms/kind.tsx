import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Mark } from "../../ui/mark.tsx"
import type { Room } from "../shapes.ts"

/** D41.34: what kind of room it is, by sign and word. The mark is closed only where the room is sealed. */
export function KindSign({ kind }: { readonly kind: Room["kind"] }) {
  const say = dashboardWords.useWords()
  const isOpen = kind === "transport-only"
  return (
    <span className={isOpen ? "level alert" : "level ink"}>
      <Mark state={isOpen ? "open" : "closed"} />
      {say(`kind.${kind}`)}
    </span>
  )
}

/** Who can ask to come in, in a few words. */
export function Privacy({ room }: { readonly room: Pick<Room, "kind" | "privacy"> }) {
  const say = dashboardWords.useWords()
  return <span className="sub">{say(room.kind === "sealed-by-link" ? "privacy.by-link" : `privacy.${room.privacy}`)}</span>
}

/** How a room is called where it has no name. */
export const nameOf = (room: Pick<Room, "topic" | "friendly_url">): string => room.topic ?? room.friendly_url
