/** SHA-256 of `module/engine_bg.wasm`, made by rustc 1.95.0 (59807616e 2026-04-14). Written by `npm run engine:build`. */
export const moduleHash = "c23581342e9d6e8cf7dd93ad42f550c7ca5d1907f2db739b25ae3a24d66a9b4c"
