/** Somebody in a call with the real keeper and the real frame path behind it: what the group decides, the frames obey. */

import { FrameOpener, FrameSealer, KeyRing, soonMs } from "@conclave/crypto/sframe"
import type { Somebody } from "../../packages/crypto/src/mls/people.fixture.ts"
import { outcomeOf, sound } from "../../packages/crypto/src/sframe/people.fixture.ts"
import type { Carried } from "./lying-relay.ts"

export class Party {
  readonly one: Somebody
  readonly ring = new KeyRing()
  readonly sealer = new FrameSealer(this.ring, 0)
  readonly opener = new FrameOpener(this.ring)
  now = 0
  #taken = 0

  constructor(one: Somebody) {
    this.one = one
  }

  /** The frame worker has had the keys that the keeper has given out since, and the moment in which a sender stays with the old ones is over. */
  catchUp(): this {
    for (const news of this.one.news.slice(this.#taken)) {
      if (news.type === "wipe") this.ring.wipe()
      else this.ring.add(news, this.now)
      this.now += soonMs
    }
    this.#taken = this.one.news.length
    return this
  }

  /** Says something into the microphone; undefined while it may not. */
  async speaks(track = 0): Promise<Carried | undefined> {
    this.catchUp()
    const sealed = await this.sealer.seal({ track, kind: "microphone", codec: "opus", data: sound(30), now: this.now })
    return sealed && { codec: "opus", data: sealed.data }
  }

  /** "opened", or why not. */
  async hears({ codec, data }: Carried): Promise<string> {
    this.catchUp()
    return outcomeOf(await this.opener.open({ codec, data, now: this.now }))
  }
}

/** How many of these frames somebody can open, whatever keys it has kept. */
export async function heardBy(party: Party, frames: readonly Carried[]): Promise<number> {
  let heard = 0
  for (const frame of frames) if ((await party.hears(frame)) === "opened") heard++
  return heard
}

/** So many words of somebody, as the SFU carries them. */
export async function wordsOf(party: Party, many: number): Promise<Carried[]> {
  const frames: Carried[] = []
  for (let i = 0; i < many; i++) {
    const frame = await party.speaks()
    if (frame === undefined) throw new Error("bug: nothing may be said")
    frames.push(frame)
  }
  return frames
}
