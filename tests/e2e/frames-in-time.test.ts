/** Who can open which frames over the life of a call: keys of a real group, frames as they pass through the SFU. */

import { beforeAll, expect, test } from "vitest"
import { FrameOpener, FrameSealer, KeyRing, type Opened, type Refused } from "@conclave/crypto/sframe"
import { admit, commit, found, house, somebody, type House, type Somebody } from "../../packages/crypto/src/mls/people.fixture.ts"

/** One member's keys as its frame worker has them. */
class FrameEnd {
  readonly #ring = new KeyRing()
  readonly #opener = new FrameOpener(this.#ring)
  readonly #sealer = new FrameSealer(this.#ring, 0)
  readonly #somebody: Somebody
  #taken = 0

  constructor(somebody: Somebody) {
    this.#somebody = somebody
  }

  /** Takes the keys that have come since; `now` long after any switch has passed. */
  catchUp(now: number): void {
    for (const news of this.#somebody.news.slice(this.#taken)) if (news.type === "epoch") this.#ring.add(news, now)
    this.#taken = this.#somebody.news.length
  }

  async seal(now: number): Promise<Uint8Array<ArrayBuffer>> {
    const data = Uint8Array.from({ length: 80 }, (_, i) => i)
    const sealed = await this.#sealer.seal({ track: 0, kind: "microphone", codec: "opus", data, now })
    if (sealed === undefined) throw new Error("the sender has no key")
    return sealed.data
  }

  open(data: Uint8Array<ArrayBuffer>, now: number): Promise<Opened | Refused> {
    return this.#opener.open({ codec: "opus", data, now })
  }
}

let home: House
beforeAll(async () => {
  home = await house()
})

/** Longer than a sender stays with its old epoch. */
const settled = 1_000

test("C4.1, A1.16: who comes opens nothing from before, however long the SFU kept it", async () => {
  const [ada, ben, cleo] = [await somebody(home, "Ada"), await somebody(home, "Ben"), await somebody(home, "Cleo")]
  const call = await found(ada)
  await admit(ada, call, [ben])
  const [adaEnd, benEnd, cleoEnd] = [new FrameEnd(ada), new FrameEnd(ben), new FrameEnd(cleo)]
  adaEnd.catchUp(0)
  benEnd.catchUp(0)
  const early = await Promise.all(Array.from({ length: 50 }, () => adaEnd.seal(settled)))
  expect((await benEnd.open(early[0] ?? new Uint8Array(), settled)).kind).toBe("opened")

  await admit(ben, call, [cleo], [ada])
  adaEnd.catchUp(settled)
  cleoEnd.catchUp(settled)
  const late = await adaEnd.seal(3 * settled)
  expect((await cleoEnd.open(late, 3 * settled)).kind).toBe("opened")
  for (const frame of early) expect(await cleoEnd.open(frame, 3 * settled)).toMatchObject({ kind: "refused" })
})

test("C4.1, A1.17: who has left opens nothing of what comes after", async () => {
  const [ada, ben, cleo] = [await somebody(home, "Ada"), await somebody(home, "Ben"), await somebody(home, "Cleo")]
  const call = await found(ada)
  await admit(ada, call, [ben])
  await admit(ada, call, [cleo], [ben])
  const [adaEnd, benEnd, cleoEnd] = [new FrameEnd(ada), new FrameEnd(ben), new FrameEnd(cleo)]
  for (const end of [adaEnd, benEnd, cleoEnd]) end.catchUp(0)
  expect((await benEnd.open(await adaEnd.seal(settled), settled)).kind).toBe("opened")

  await commit(ada, { removes: [{ leaf: 1, why: "left" }] }, [cleo])
  for (const end of [adaEnd, benEnd, cleoEnd]) end.catchUp(settled)
  // A removal switches at once: not one more frame under the old keys (D24).
  for (let i = 0; i < 50; i++) {
    const frame = await adaEnd.seal(settled)
    expect((await cleoEnd.open(frame, settled)).kind).toBe("opened")
    expect(await benEnd.open(frame, settled)).toMatchObject({ kind: "refused" })
  }
})
