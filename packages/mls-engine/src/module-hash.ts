/** SHA-256 of `module/engine_bg.wasm`. Written by `npm run engine:build`. */
export const moduleHash = "9053533dfc71e55bae3f6e53f0161f6ac7f53319c764c85107b15276254485ef"
