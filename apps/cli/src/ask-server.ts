import { request } from "node:http"
import { join, resolve } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../..", import.meta.url))

/** The same folder that the server takes (docs/operating.md). */
const dataFolder = (): string => resolve(process.env["CONCLAVE_DATA"] ?? join(root, ".data"))

/** What the server says, or a sentence for the person. */
export function askServer<T>(path: string, body: object): Promise<T | { readonly sentence: string }> {
  const folder = dataFolder()
  return new Promise((settle) => {
    const asked = request({ socketPath: join(folder, "console.sock"), path, method: "POST" }, (response) => {
      let text = ""
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk))
      response.on("end", () => settle(JSON.parse(text) as T))
    })
    asked.on("error", () =>
      settle({
        sentence: `No Conclave server of yours is running on the data folder ${folder}: start it, or set CONCLAVE_DATA to its folder.`,
      }),
    )
    asked.end(JSON.stringify(body))
  })
}
