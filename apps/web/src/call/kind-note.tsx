import { useWords } from "../i18n/use-words.ts"
import type { SealKind } from "../view/security.ts"

/** Of a room that its server opens: who says who people are, and who named the host (D39.35). Of a room sealed by link nothing is to be said. */
export function KindNote({ room }: { room: SealKind }) {
  const say = useWords()
  if (room.kind === "link") return null
  return (
    <section aria-label={say(room.kind === "identity" ? "entry.kind-identity" : "entry.transport")}>
      {room.kind === "identity" && <h3>{say("entry.kind-identity")}</h3>}
      {room.kind === "identity" && (
        <p>
          {room.providers.length > 0
            ? say("entry.kind-identity-provider", { names: room.providers.join(", ") })
            : say("entry.kind-identity-server")}
        </p>
      )}
      <p>{say("entry.kind-host")}</p>
    </section>
  )
}
