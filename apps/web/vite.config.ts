import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

/**
 * Everything the page loads is a file of our own origin under a name that holds its hash, so that one strict CSP (D28) fits:
 * nothing is inlined, no polyfill is injected, workers are modules, wasm is an asset that the key worker fetches.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react()],
  build: {
    target: "es2023",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    assetsDir: "assets",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  worker: { format: "es" },
})
