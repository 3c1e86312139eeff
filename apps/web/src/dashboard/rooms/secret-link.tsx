import { useState } from "react"
import type { Answer } from "../../adapters/api.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Confirm } from "../parts/confirm.tsx"
import { ShownOnce } from "../parts/shown-once.tsx"
import { useAsking } from "../../account/use-asking.ts"
import type { RoomPartProps } from "./room-view.ts"

type Stage = { readonly at: "rest" | "asked" | "unsupported" } | { readonly at: "made"; readonly link: string }

/** D41.37: makes the link in this page and shows it once. The server is not told; the page forgets it with the dialog. */
export function SecretLink({ room, actions }: Omit<RoomPartProps, "view">) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [stage, go] = useState<Stage>({ at: "rest" })
  const isAgain = room.kind === "sealed-by-link"
  const make = (): Promise<Answer<Stage>> =>
    actions.makeSecret().then((made) => {
      if (made.kind === "unsupported") return { kind: "done", value: { at: "unsupported" } }
      return made.kind === "done" ? { kind: "done", value: { at: "made", link: made.value } } : made
    })
  const done = () => {
    go({ at: "rest" })
    actions.again()
  }
  return (
    <div className="secret-link">
      <h3>{say("way.secret")}</h3>
      <p className="small">{say(isAgain ? "way.secret-again-note" : "way.secret-note")}</p>
      <p className="trouble" role="alert">
        {stage.at === "unsupported" && say("way.secret-unsupported")}
      </p>
      <button type="button" className="button" onClick={() => go({ at: "asked" })}>
        {say(isAgain ? "way.secret-again" : "way.secret-make")}
      </button>
      {stage.at === "asked" && (
        <Confirm
          title={say("way.secret-title")}
          yes={say("way.secret-yes")}
          look="primary"
          asking={asking}
          onYes={() => asking.ask(make, go)}
          onClose={() => go({ at: "rest" })}
        >
          <p>{say("way.secret-title-what")}</p>
        </Confirm>
      )}
      {stage.at === "made" && (
        <ShownOnce title={say("way.secret-made")} note={say("way.secret-once")} text={stage.link} onDone={done}>
          <a className="button" href={stage.link} target="_blank" rel="noreferrer">
            {say("way.open-room")}
          </a>
        </ShownOnce>
      )}
    </div>
  )
}
