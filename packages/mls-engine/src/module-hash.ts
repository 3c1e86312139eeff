/** SHA-256 of `module/engine_bg.wasm`, made by rustc 1.95.0 (59807616e 2026-04-14). Written by `npm run engine:build`. */
export const moduleHash = "2f58a584b1955c6f947910c6f4a17bec2fba6ff03a3e006f4be6be751ffb9431"
