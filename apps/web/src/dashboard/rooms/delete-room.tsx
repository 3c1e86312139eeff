import { useState } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Confirm } from "../parts/confirm.tsx"
import { useAsking } from "../../account/use-asking.ts"
import { nameOf } from "./kind.tsx"
import type { RoomPartProps } from "./room-view.ts"

export function DeleteRoom({ room, actions }: Omit<RoomPartProps, "view">) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  const [isAsked, ask] = useState(false)
  return (
    <div>
      <button type="button" className="button danger" onClick={() => ask(true)}>
        {say("room.delete")}
      </button>
      {isAsked && (
        <Confirm
          title={say("room.delete-title", { name: nameOf(room) })}
          yes={say("room.delete-yes")}
          keep={say("part.keep")}
          asking={asking}
          onYes={() => asking.ask(actions.remove, actions.removed)}
          onClose={() => ask(false)}
        >
          <p>{say("room.delete-what")}</p>
        </Confirm>
      )}
    </div>
  )
}
