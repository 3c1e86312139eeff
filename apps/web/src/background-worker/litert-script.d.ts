/** What `vite.config.ts` makes of LiteRT's scripts: modules, for a module worker runs no scripts. */
declare module "@litertjs/core/wasm/litert_wasm_internal.js" {
  const ModuleFactory: (options: { locateFile: () => string }) => Promise<unknown>
  export { ModuleFactory }
}
declare module "@litertjs/core/wasm/litert_wasm_compat_internal.js" {
  const ModuleFactory: (options: { locateFile: () => string }) => Promise<unknown>
  export { ModuleFactory }
}
