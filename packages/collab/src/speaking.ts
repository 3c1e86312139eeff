/** "I am speaking": said in large calls only, so that nobody must take everybody's sound to find out (D34.16). */

import type { MemberId } from "@conclave/wire"
import { ageOf, type Gathering, type Millis, type Turn, type Voice } from "./gathering.ts"
import { manyFrom, spans } from "./spans.ts"
import { printWord } from "./word.ts"

const isLarge = ({ seats }: Gathering): boolean => seats.filter(({ isSelf }) => !isSelf).length > manyFrom

/** Says it if it is time to. */
export function sayWhetherSpeaking(gathering: Gathering): Turn {
  const { mouth, now } = gathering
  if (!isLarge(gathering)) return [mouth.isSaid ? { ...gathering, mouth: { ...mouth, isSaid: false } } : gathering]
  const due = sayingDue(gathering)
  if (due === undefined || (due > now && ageOf(gathering, mouth.saidAt) < spans.speakingAgain)) return [gathering]
  const said = { ...gathering, mouth: { ...mouth, isSaid: mouth.isOpen, saidAt: now } }
  return [said, { do: "say-word", body: printWord({ kind: "speaking", is: mouth.isOpen }) }]
}

/** When something must be said next. */
export function sayingDue(gathering: Gathering): Millis | undefined {
  const { isOpen, isSaid, saidAt } = gathering.mouth
  if (!isLarge(gathering) || (!isOpen && !isSaid)) return undefined
  if (saidAt === undefined) return gathering.now
  return saidAt + (isOpen === isSaid ? spans.speakingAgain : spans.betweenSpeaking)
}

/** A member said it. Who ceases without having begun is nobody's speaker. */
export function voiceHeard(gathering: Gathering, member: MemberId, isOn: boolean): Gathering {
  const others = gathering.voices.filter((voice) => voice.member !== member)
  if (!isOn && others.length === gathering.voices.length) return gathering
  return { ...gathering, voices: [{ member, isOn, at: gathering.now }, ...others] }
}

/** How long a voice counts: a word that says "on" is said again in time, or its speaker is gone. */
const lifeOf = ({ isOn }: Voice): Millis => spans.afterSpeaking + (isOn ? spans.speakingAgain : 0)

export const isHeard = (gathering: Gathering, voice: Voice): boolean => ageOf(gathering, voice.at) < lifeOf(voice)

export const voiceEnd = (voice: Voice): Millis => voice.at + lifeOf(voice)
