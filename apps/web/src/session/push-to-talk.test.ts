import fc from "fast-check"
import { expect, test } from "vitest"
import type { DeviceState } from "../view/device.ts"
import { PushToTalk } from "./push-to-talk.ts"

/** A microphone that comes up when `arrive` is called. */
class Microphone {
  now: DeviceState
  #arrived: (() => void)[] = []

  constructor(now: DeviceState) {
    this.now = now
  }

  state(): DeviceState {
    return this.now
  }

  turnOn(): Promise<void> {
    this.now = "asking"
    return new Promise((resolve) => {
      this.#arrived.push(() => {
        this.now = "on"
        resolve()
      })
    })
  }

  turnOff(): void {
    this.now = "off"
  }

  async arrive(): Promise<void> {
    for (const arrived of this.#arrived.splice(0)) arrived()
    await Promise.resolve()
    await Promise.resolve()
  }
}

test("L35: the microphone is on while the key is held, and off when it is not", async () => {
  const microphone = new Microphone("off")
  const push = new PushToTalk(microphone, () => true)
  void push.hold(true)
  void push.hold(true)
  await microphone.arrive()
  expect(microphone.now).toBe("on")
  expect(push.isOn).toBe(true)
  void push.hold(false)
  expect(microphone.now).toBe("off")
  expect(push.isOn).toBe(false)
})

test("L35: a microphone that was on stays on, and one that the person took over too", async () => {
  const open = new Microphone("on")
  const push = new PushToTalk(open, () => true)
  await push.hold(true)
  await push.hold(false)
  expect(open.now).toBe("on")
  const taken = new Microphone("off")
  const other = new PushToTalk(taken, () => true)
  void other.hold(true)
  await taken.arrive()
  other.taken()
  await other.hold(false)
  expect(taken.now).toBe("on")
})

test("L35: a device that comes up after the key was let go is off at once", async () => {
  const microphone = new Microphone("off")
  const push = new PushToTalk(microphone, () => true)
  void push.hold(true)
  void push.hold(false)
  await microphone.arrive()
  expect(microphone.now).toBe("off")
})

test("L35, D4.13: a listener's microphone stays shut", async () => {
  const microphone = new Microphone("off")
  const push = new PushToTalk(microphone, () => false)
  await push.hold(true)
  expect(microphone.now).toBe("off")
})

test("L35, A2.14: whatever is held and let go, a microphone that was off is off in the end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom("hold", "let go", "arrive"), { maxLength: 20 }), async (story) => {
      const microphone = new Microphone("off")
      const push = new PushToTalk(microphone, () => true)
      for (const step of [...story, "let go", "arrive"]) {
        if (step === "arrive") await microphone.arrive()
        else void push.hold(step === "hold")
      }
      expect(microphone.now).toBe("off")
    }),
  )
})
