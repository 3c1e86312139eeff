/** Chromium and Firefox ESR with fake devices, in two profiles. */

import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { launch, type Browser, type LaunchOptions } from "puppeteer-core"
import { killFamily } from "./processes.ts"

export type Kind = "chromium" | "firefox"

/**
 * `lab` has what makes runs quick and quiet; `stock` has fake devices and nothing else
 * (and no sandbox, which root cannot have).
 */
export type Profile = "lab" | "stock"

export interface BrowserOptions {
  readonly kind: Kind
  readonly profile?: Profile
  /** A .y4m file the fake camera plays. Chromium only. */
  readonly camera?: string
  /** `host:port` of an HTTP proxy through which everything goes, loopback too. */
  readonly proxy?: string
}

/** A running browser and the way to end it for certain. */
export interface Running {
  readonly kind: Kind
  readonly browser: Browser
  readonly pid: number
  close(): Promise<void>
}

const programs: Record<Kind, readonly string[]> = {
  chromium: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
  firefox: ["/usr/bin/firefox-esr", "/usr/bin/firefox"],
}

const labArgs = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--disable-features=AutofillServerCommunication,NetworkTimeServiceQuerying,OptimizationGuideModelDownloading,OptimizationHintsFetching",
  "--allow-loopback-in-peer-connection",
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--autoplay-policy=no-user-gesture-required",
]

/** Answers the questions for camera, microphone and screen; a person would press Allow. */
const answered = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]

/** All of the lab profile, for whoever starts a Chromium by other means (far.ts). */
export const labChromiumArgs: readonly string[] = ["--no-sandbox", ...answered, ...labArgs]

const firefoxFake = { "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true }

const firefoxLab = {
  // As small and slow as the film of camera-film.ts: encoding full pictures is what takes two cores their time.
  "media.navigator.video.default_width": 320,
  "media.navigator.video.default_height": 180,
  "media.navigator.video.default_fps": 10,
  "media.peerconnection.ice.loopback": true,
  "media.peerconnection.ice.obfuscate_host_addresses": false,
  "media.autoplay.default": 0,
  "media.gmp-manager.updateEnabled": false,
  "media.gmp-gmpopenh264.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "app.update.enabled": false,
  "toolkit.telemetry.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.getAddons.cache.enabled": false,
  "services.settings.server": "data:,",
}

/** Starts a browser. */
export async function openBrowser(options: BrowserOptions): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-browser-"))
  const browser = await launch(options.kind === "chromium" ? chromium(options, folder) : firefox(options, folder))
  const pid = browser.process()?.pid ?? 0
  return {
    kind: options.kind,
    browser,
    pid,
    close: async () => {
      killFamily(pid)
      await browser.disconnect().catch(() => undefined)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

function chromium(options: BrowserOptions, userDataDir: string): LaunchOptions {
  const camera = options.camera === undefined ? [] : [`--use-file-for-fake-video-capture=${options.camera}`]
  const proxy = options.proxy === undefined ? [] : [`--proxy-server=http://${options.proxy}`, "--proxy-bypass-list=<-loopback>"]
  const args = ["--no-sandbox", ...answered, ...camera, ...proxy]
  const common = { browser: "chrome", executablePath: programOf("chromium"), userDataDir, protocolTimeout: 120_000 } as const
  if (options.profile !== "stock") return { ...common, headless: true, args: [...args, ...labArgs] }
  // Puppeteer adds two dozen switches of its own; a stock browser has none of them.
  const bare = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${userDataDir}`, ...args, "about:blank"]
  return { ...common, ignoreDefaultArgs: true, args: bare }
}

function firefox(options: BrowserOptions, userDataDir: string): LaunchOptions {
  const extraPrefsFirefox = { ...firefoxFake, ...(options.profile === "stock" ? {} : firefoxLab), ...firefoxProxy(options.proxy) }
  return {
    browser: "firefox",
    executablePath: programOf("firefox"),
    userDataDir,
    headless: true,
    // Without it a released Firefox does not heed services.settings.server.
    env: { ...process.env, ...(options.profile === "stock" ? {} : { MOZ_REMOTE_SETTINGS_DEVTOOLS: "1" }) },
    extraPrefsFirefox,
    protocolTimeout: 120_000,
  }
}

function firefoxProxy(address: string | undefined): Record<string, string | number | boolean> {
  const [host, port] = address?.split(":") ?? []
  if (host === undefined || port === undefined) return {}
  const way = { "network.proxy.type": 1, "network.proxy.http": host, "network.proxy.http_port": Number(port) }
  return { ...way, "network.proxy.ssl": host, "network.proxy.ssl_port": Number(port), "network.proxy.allow_hijacking_localhost": true }
}

function programOf(kind: Kind): string {
  const found = programs[kind].find((path) => existsSync(path))
  if (found === undefined) throw new Error(`No ${kind} here: npm test installs it when it may.`)
  return found
}
