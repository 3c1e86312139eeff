import react from "@vitejs/plugin-react"
import { defineConfig, type Plugin } from "vite"

/** LiteRT ships scripts for `importScripts`, which a module worker does not have: they become modules with one export. */
const litertAsModule = (): Plugin => ({
  name: "litert-as-module",
  transform: {
    filter: { id: /@litertjs\/core\/wasm\/litert_wasm_(?:compat_)?internal\.js$/ },
    handler: (code) => ({ code: `${code}\nexport { ModuleFactory }\n`, map: null }),
  },
})

/**
 * Files that go together, with all they need. What several pages share would else be split into dozens of files of a few hundred bytes,
 * which compress badly; the budgets of the first form (L61) are measured, not guessed: `npm run size`.
 */
const together = [
  {
    name: "page",
    test: /src\/(?:ui\/(?:page|mark|use-title)|settings\/(?:use-settings|theme)|i18n\/speaking|address|start\/start-page)\.tsx?$|createLucideIcon/,
  },
  { name: "lobby", test: /src\/(?:lobby\/(?:lobby-screen|preview)|state\/state-screen)\.tsx$/ },
]

/**
 * Everything the page loads is a file of our own origin under a name that holds its hash, so that one strict CSP (D28) fits:
 * nothing is inlined, no polyfill is injected, workers are modules, wasm is an asset that the key worker fetches.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react()],
  build: {
    // Browsers that can seal a call at all (encoded transforms, X25519) are newer than these; colours stay as tokens.css writes them.
    target: ["chrome129", "firefox128", "safari18"],
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    assetsDir: "assets",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: { output: { codeSplitting: { groups: together } } },
  },
  worker: { format: "es", plugins: () => [litertAsModule()] },
})
