import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Ending } from "../parts/ending.tsx"
import { nameOf } from "./kind.tsx"
import type { RoomPartProps } from "./room-view.ts"

export function DeleteRoom({ room, actions }: Omit<RoomPartProps, "view">) {
  const say = dashboardWords.useWords()
  return (
    <div>
      <Ending
        word={say("room.delete")}
        title={say("room.delete-title", { name: nameOf(room) })}
        yes={say("room.delete-yes")}
        act={actions.remove}
        onDone={actions.removed}
      >
        <p>{say("room.delete-what")}</p>
      </Ending>
    </div>
  )
}
