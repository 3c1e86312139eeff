/** `npm run prove:call`: every pair and group of real browsers through the real server and SFU, and through one that lies. Arguments go to vitest. */

import { main } from "../program.ts"
import { proveBy } from "./figures-of.ts"

// Every journey with each browser in each part.
process.env["CONCLAVE_BOTH_WAYS"] = "1"

await main(() => proveBy(["--project", "e2e", "--project", "crowd", "--project", "hostile", ...process.argv.slice(2)]))
