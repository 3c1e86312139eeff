import { mergeConfig } from "vite"
import app from "./vite.config.ts"

/** The gallery as a page of its own, never part of the product: `npm run gallery`, and built for `npm run screenshots`. */
export default mergeConfig(app, {
  build: { outDir: "../../.reports/gallery", rolldownOptions: { input: new URL("gallery.html", import.meta.url).pathname } },
})
