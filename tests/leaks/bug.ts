/** A listening device for pages and workers: every message that is posted and every key that is made from bytes is reported. */

/** Sent as text and run before any script of the product; it must stand alone. */
function listen(): void {
  const report = globalThis.fetch.bind(globalThis)
  const role = typeof document === "undefined" ? `worker ${(globalThis as { name?: string }).name ?? ""}` : "page"

  /** All strings and bytes inside a value, however deep. */
  const spread = (value: unknown, into: { strings: string[]; bytes: string[] }, seen = new Set<unknown>()): void => {
    if (typeof value === "string") into.strings.push(value)
    if (typeof value !== "object" || value === null || seen.has(value)) return
    seen.add(value)
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const view = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      into.bytes.push(btoa(Array.from(view, (byte) => String.fromCharCode(byte)).join("")))
      return
    }
    if (value instanceof CryptoKey && value.extractable && value.type !== "public") into.strings.push("AN EXTRACTABLE KEY")
    if (value instanceof Map) for (const [key, one] of value) [key, one].forEach((part) => spread(part, into, seen))
    for (const [key, one] of Object.entries(value)) [key, one].forEach((part) => spread(part, into, seen))
  }

  const tell = (what: string, value: unknown): void => {
    const parts = { strings: [], bytes: [] }
    spread(value, parts)
    void report("/--overheard", { method: "POST", body: JSON.stringify({ what, ...parts }), keepalive: false }).catch(() => undefined)
  }

  /** Wraps a method so that its first argument is reported. */
  const wrap = (owner: object | undefined, name: string, what: string): void => {
    const native = (owner as Record<string, ((...args: unknown[]) => unknown) | undefined> | undefined)?.[name]
    if (owner === undefined || native === undefined) return
    Object.defineProperty(owner, name, {
      configurable: true,
      writable: true,
      value(this: unknown, ...args: unknown[]) {
        tell(what, args[0])
        return native.apply(this, args)
      },
    })
  }

  if (typeof Worker !== "undefined") {
    const native = Object.getOwnPropertyDescriptor(Worker.prototype, "postMessage")?.value as (...args: unknown[]) => void
    const names = new WeakMap<Worker, string>()
    globalThis.Worker = new Proxy(Worker, {
      construct(target, args: [string | URL, WorkerOptions?], newTarget) {
        const made = Reflect.construct(target, args, newTarget) as Worker
        names.set(made, args[1]?.name ?? String(args[0]))
        return made
      },
    })
    Worker.prototype.postMessage = function (this: Worker, message: unknown, ...rest: unknown[]) {
      tell(`${role} posts to worker ${names.get(this) ?? "unknown"}`, message)
      native.call(this, message, ...rest)
    }
  }
  wrap(MessagePort.prototype, "postMessage", `${role} posts to a port`)
  wrap(typeof BroadcastChannel === "undefined" ? undefined : BroadcastChannel.prototype, "postMessage", `${role} broadcasts`)
  if (typeof document === "undefined") wrap(globalThis, "postMessage", `${role} posts to its page`)

  const importKey = Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, "importKey")?.value as (
    ...args: unknown[]
  ) => Promise<CryptoKey>
  SubtleCrypto.prototype.importKey = async function (this: SubtleCrypto, ...args: unknown[]) {
    const key = await importKey.apply(this, args)
    if (args[0] === "raw" && key.type === "secret") tell(`${role} makes a key`, args[1])
    return key
  } as typeof SubtleCrypto.prototype.importKey
}

/** The device as a script. */
export const bugScript = `(${listen.toString()})();`
