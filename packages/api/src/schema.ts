/** zod as this package uses it. */

import { z } from "zod"

// Our pages forbid making code from text; zod would try, fall back, and leave a report behind.
z.config({ jitless: true })

export { z }
