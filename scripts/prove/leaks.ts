/** `npm run prove:leaks`: the secrets of a whole call hunted wherever they must not be, and planted leaks found. */

import { main } from "../program.ts"
import { proveBy } from "./figures-of.ts"

await main(() => proveBy(["--project", "leaks", ...process.argv.slice(2)]))
