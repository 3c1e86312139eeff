/** SHA-256 of `module/engine_bg.wasm`, made by rustc 1.95.0 (59807616e 2026-04-14). Written by `npm run engine:build`. */
export const moduleHash = "b839ff8385df9e131644fe3f9e041f79eef77933954bed0518c76bb5b7f43ccf"
