import { useEffect, useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { LevelSource } from "../view/picture.ts"

const steps = 24
/** From here on it is a voice and not the room. */
const audible = 3

/** The microphone's level in 24 steps. Redraws itself alone, up to 20 times a second. */
export function Meter({ level }: { level: LevelSource }) {
  const say = useWords()
  const [lit, light] = useState(0)
  const [wasHeard, hear] = useState(false)
  useEffect(
    () =>
      level.subscribe((loudness) => {
        const now = Math.round(Math.min(1, Math.max(0, loudness)) * steps)
        light(now)
        if (now >= audible) hear(true)
      }),
    [level],
  )
  return (
    <div className="hear">
      <div className="meter" role="meter" aria-label={say("lobby.level")} aria-valuenow={lit} aria-valuemin={0} aria-valuemax={steps}>
        {Array.from({ length: steps }, (_, step) => (
          <i key={step} className={step < lit ? "on" : undefined} />
        ))}
      </div>
      <small className="soft" role="status">
        {say(wasHeard ? "lobby.heard" : "lobby.say-something")}
      </small>
    </div>
  )
}
