/** What a browser calls itself, in two words. Good for recognising one's own; whoever wants to lie, can. */

interface Agent {
  readonly browser?: string
  readonly system?: string
}

/** Most call themselves Chrome or Safari too, so the order counts. */
const browsers = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
] as const

const systems = [
  [/\bAndroid\b/, "Android"],
  [/\b(?:iPhone|iPad)\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
] as const

/** Neither known: some other program. */
export function agentOf(text: string): Agent {
  const browser = browsers.find(([pattern]) => pattern.test(text))?.[1]
  const system = systems.find(([pattern]) => pattern.test(text))?.[1]
  return { ...(browser !== undefined && { browser }), ...(system !== undefined && { system }) }
}
