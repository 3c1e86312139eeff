import { useEffect, useRef } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { Say } from "../i18n/words.ts"
import { settings } from "../session/settings-store.ts"
import type { RoomSession, RoomView } from "../view/room.ts"
import { heardBetween, type About } from "./heard.ts"
import { notify } from "./notices.ts"
import { playSound } from "./sounds.ts"

/** Plays and notices what happens in a visit. Listens to the visit itself: a page in the background is drawn late or never. */
export function useHearing(session: RoomSession): void {
  const say = useWords()
  const speaks = useRef(say)
  useEffect(() => {
    speaks.current = say
  }, [say])
  useEffect(() => hear(session, () => speaks.current), [session])
}

function hear(session: RoomSession, say: () => Say): () => void {
  let before: RoomView = session.view()
  let comingAt = -Infinity
  return session.subscribe(() => {
    const after = session.view()
    if (after === before) return
    const { sounds, notices, ...heard } = heardBetween(before, after, { now: performance.now(), comingAt, settings: settings.current() })
    before = after
    comingAt = heard.comingAt
    const speaker = after.screen === "call" ? after.devices?.speaker?.chosen : undefined
    for (const sound of sounds) playSound(sound, speaker)
    if (document.hidden && settings.current().hasNotifications) for (const about of notices) tell(about, say())
  })
}

const tell = (about: About, say: Say): void => notify(about, say(`notices.${about}`), say("notices.open"))
