/** SHA-256 of `module/engine_bg.wasm`, made by rustc 1.95.0 (59807616e 2026-04-14). Written by `npm run engine:build`. */
export const moduleHash = "f1e8371624e28cc86e0b16d7d0fd5d3d8b8109fa692464ce55922b5872564ddb"
