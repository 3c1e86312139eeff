import { existsSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { expect, test, vi } from "vitest"
import { WebSocket } from "ws"
import { once } from "node:events"
import { Problem, type CallId, type MemberId } from "@conclave/wire"
import { newId } from "../house.fixture.ts"
import { liveKit } from "./livekit.ts"
import { readConfig, sfuVersion } from "../config.ts"

vi.setConfig({ testTimeout: 60_000 })

const named = process.env["CONCLAVE_SFU_BIN"] ?? join(homedir(), ".cache/conclave/sfu", sfuVersion, "livekit-server")
const config = () => readConfig({ CONCLAVE_SFU_BIN: named, CONCLAVE_MEDIA_PORT: "0" })
const hasSfu = existsSync(named)

/** Whether the SFU lets this bearer into its signalling. */
async function knock(port: number, bearer: string, query = ""): Promise<"in" | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rtc${query}`, {
    headers: bearer === "" ? {} : { Authorization: `Bearer ${bearer}` },
  })
  socket.on("error", () => undefined)
  return Promise.race([
    once(socket, "message").then(() => {
      socket.terminate()
      return "in" as const
    }),
    once(socket, "unexpected-response").then(([, response]) => (response as { statusCode: number }).statusCode),
  ])
}

test.runIf(hasSfu)("D27.2, A4.11: the real SFU lets in whom we grant, into its call only, and nobody without a grant", async () => {
  const events: string[] = []
  const media = await liveKit(config(), (event) => events.push(event))
  try {
    const [call, member] = [newId<CallId>(), newId<MemberId>()]
    const { port, bearer } = await media.wayIn(call, member)
    expect(await knock(port, bearer)).toBe("in")
    expect(await knock(port, "")).toBe(401)
    const [head, body, signature] = bearer.split(".")
    const claims = JSON.parse(Buffer.from(body ?? "", "base64url").toString()) as {
      video: Record<string, unknown>
      exp: number
      nbf: number
      name?: string
      sub: string
    }
    const altered = Buffer.from(JSON.stringify({ ...claims, video: { ...claims.video, room: "other" } })).toString("base64url")
    expect(await knock(port, [head, altered, signature].join("."))).toBe(401)
    expect(claims).toMatchObject({
      sub: member,
      video: { room: call, roomJoin: true, canPublishData: false, canUpdateOwnMetadata: false, hidden: false },
    })
    expect(claims.name ?? "").toBe("")
    expect(claims.video["canPublishSources"]).toEqual(["microphone", "camera", "screen_share", "screen_share_audio"])
    expect(claims.exp - Math.floor(Date.now() / 1000)).toBeLessThanOrEqual(60)
    await media.detach(call, member)
    await media.endCall(call)
    // auto_create is off: a grant alone does not bring the room back.
    expect(await knock(port, bearer)).not.toBe("in")
  } finally {
    await media.stop()
  }
  await expect(media.wayIn(newId(), newId())).rejects.toBeInstanceOf(Problem)
})

test.runIf(hasSfu)("D17.32: detaching alone ends the place of one who is removed, and of nobody else", async () => {
  const media = await liveKit(config(), () => undefined)
  try {
    const call = newId<CallId>()
    const enter = async (member: MemberId): Promise<WebSocket> => {
      const { port, bearer } = await media.wayIn(call, member)
      const socket = new WebSocket(`ws://127.0.0.1:${port}/rtc`, { headers: { Authorization: `Bearer ${bearer}` } })
      await once(socket, "message")
      return socket
    }
    const [ada, ben] = [newId<MemberId>(), newId<MemberId>()]
    const [stays, goes] = [await enter(ada), await enter(ben)]
    const gone = once(goes, "close")
    await media.detach(call, ben)
    await gone
    expect(stays.readyState).toBe(WebSocket.OPEN)
    stays.terminate()
  } finally {
    await media.stop()
  }
})

test.runIf(hasSfu)("D27.3: after the SFU is killed it comes back, and the room is made again before anyone is let in", async () => {
  const events: string[] = []
  const media = await liveKit(config(), (event) => events.push(event))
  try {
    const [call, member] = [newId<CallId>(), newId<MemberId>()]
    const before = await media.wayIn(call, member)
    const pid = media.processId ?? 0
    expect(pid).toBeGreaterThan(1)
    process.kill(pid, "SIGKILL")
    await vi.waitFor(() => expect(events).toContain("sfu-started-again"), { timeout: 30_000 })
    const after = await media.wayIn(call, member)
    expect(after.port).not.toBe(before.port)
    expect(await knock(after.port, after.bearer)).toBe("in")
  } finally {
    await media.stop()
  }
})

test.runIf(hasSfu)("D27.11: the real SFU lets a probe in, to neither send nor receive nor be seen", async () => {
  const media = await liveKit(config(), () => undefined)
  try {
    expect(media.ways).toEqual(["udp"])
    const [call, probe] = [newId<CallId>(), newId<MemberId>()]
    const { port, bearer } = await media.wayToTry(call, probe)
    expect(await knock(port, bearer)).toBe("in")
    const claims = JSON.parse(Buffer.from(bearer.split(".")[1] ?? "", "base64url").toString()) as { video: Record<string, unknown> }
    expect(claims.video).toMatchObject({ room: call, canPublish: false, canSubscribe: false, canPublishData: false, hidden: true })
    await media.endCall(call)
  } finally {
    await media.stop()
  }
})
