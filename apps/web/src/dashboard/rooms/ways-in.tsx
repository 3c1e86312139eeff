import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Field } from "../../ui/field.tsx"
import { CopyButton } from "../parts/copy-button.tsx"
import { Section } from "../parts/section.tsx"
import type { RoomPartProps } from "./room-view.ts"
import { SecretLink } from "./secret-link.tsx"

/** How one comes in: the address without a secret, and a link of which the server knows nothing. */
export function WaysIn({ room, view, actions }: RoomPartProps) {
  const say = dashboardWords.useWords()
  return (
    <Section title={say("way.title")}>
      <div className="card">
        {room.room_url === null ? <p>{say("way.by-link")}</p> : <Address url={room.room_url} room={room} />}
        {room.kind !== "transport-only" && view.mayChange && <SecretLink room={room} actions={actions} />}
      </div>
    </Section>
  )
}

function Address({ url, room }: { readonly url: string } & Pick<RoomPartProps, "room">) {
  const say = dashboardWords.useWords()
  return (
    <>
      <Field
        label={say("way.address")}
        note={say(room.kind === "transport-only" ? "way.address-open" : "way.address-note")}
        value={url}
        onChange={() => undefined}
        isReadOnly
        isCode
      />
      <div className="actions">
        {room.can_be_entered && (
          <a className="button primary" href={url}>
            {say("way.open-room")}
          </a>
        )}
        <CopyButton text={url} />
      </div>
      {!room.can_be_entered && <p className="small soft">{say("way.unopened")}</p>}
    </>
  )
}
