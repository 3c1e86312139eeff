import { useWords } from "../i18n/use-words.ts"
import { LevelBadge } from "../ui/level.tsx"
import { Mark } from "../ui/mark.tsx"
import type { RoomSaid } from "../view/lobby.ts"

/** What a room that its server opens is, before anybody goes in: who vouches for names, or that the server sees and hears everything. */
export function KindOfRoom({ room }: { room: RoomSaid }) {
  const say = useWords()
  if (room.kind === "link") return null
  if (room.kind === "transport")
    return (
      <div className="notice alert" role="note">
        <Mark state="open" className="icon" />
        <div>
          <strong>{say("entry.transport")}</strong>
          {say("entry.transport-what")}
        </div>
      </div>
    )
  return (
    <div className="notice" role="note">
      <Mark state="closed" className="icon" />
      <div>
        <strong>{say("entry.identity")}</strong>
        {room.providers.length > 0 ? say("entry.identity-provider", { names: room.providers.join(", ") }) : say("entry.identity-server")}
      </div>
    </div>
  )
}

/** The server's word for this person: others read the name that it gives. */
export function AccountSaid({ room }: { room: RoomSaid }) {
  const say = useWords()
  if (room.kind === "link" || room.account === undefined) return null
  return (
    <div className="vouching" role="status">
      <p>{say("entry.account", { name: room.account })}</p>
      <LevelBadge person={{ known: true, name: room.account, level: "account", isKeyChanged: false }} isWordKept />
    </div>
  )
}

/** What the server sees, by the kind of room. */
export function useSees(room: RoomSaid): { readonly all: string; readonly sees: string; readonly not: string | undefined } {
  const say = useWords()
  switch (room.kind) {
    case "link":
      return { all: say("lobby.server-sees"), sees: say("lobby.sees-what"), not: say("lobby.sees-not-what") }
    case "identity":
      return { all: say("entry.sees-identity"), sees: say("entry.sees-identity-what"), not: say("entry.sees-identity-not") }
    case "transport":
      return { all: say("entry.sees-transport"), sees: say("entry.sees-transport-what"), not: undefined }
  }
}
