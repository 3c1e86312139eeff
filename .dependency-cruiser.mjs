/** Import rules. Each ban carries its reason, and its name begins with the decision it keeps (docs/protocol.md, ARCHITECTURE.md). */

const tests = "\\.(test|contract|fixture|fixtures)\\.tsx?$|/fuzz\\.ts$"

/** A package may import itself and the packages named, nothing else of ours. */
const only = (layer, allowed, comment) => ({
  name: `${layer}-stays-low`,
  comment,
  severity: "error",
  from: { path: `^packages/${layer}/`, pathNot: tests },
  to: { path: "^(packages|apps|tests|bench|scripts)/", pathNot: `^packages/(${[layer, ...allowed].join("|")})/` },
})

/** What the server must not be able to reach, through any chain of imports. */
const keyMaterial = "^packages/(crypto|mls-engine|call|collab)/|(^|/)node_modules/(@noble/|livekit-client/|ts-mls/)"

export default {
  forbidden: [
    { name: "no-circular", comment: "A cycle means that two files are one file.", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolvable",
      comment: "An import that leads nowhere is checked by nothing.",
      severity: "error",
      from: { pathNot: tests },
      to: { couldNotResolve: true, pathNot: "^(cloudflare|bun):|[?]" },
    },
    {
      name: "D29-server-reaches-no-keys",
      comment: "D29: no path leads from the server to key material, so it cannot decrypt even by mistake.",
      severity: "error",
      from: { path: "^(apps/server|packages/delivery)/", pathNot: tests },
      to: { path: keyMaterial, reachable: true },
    },
    only("wire", [], "The vocabulary is readable without reading anything else."),
    only("mls-engine", [], "The wrapper of the engine knows nothing of our product."),
    only("crypto", ["mls-engine"], "An auditor reads this package alone, with the engine below it."),
    only("delivery", ["wire"], "The server cannot import what it must not be able to do: decrypt."),
    only("call", ["wire"], "The member's machine runs in a test with no browser and no keys."),
    only("collab", ["wire"], "What people do together is reduced without a browser, a key or a group."),
    only("api", ["wire"], "The list of operations is read without the server or the client."),
    only("client", ["api", "wire", "crypto"], "Whoever uses the API from outside gets this and what it is made of."),
    {
      name: "pure-packages-touch-no-platform",
      comment: "Pure packages run anywhere: no file, socket, clock or process of Node.",
      severity: "error",
      from: { path: "^packages/(wire|delivery|call|collab|crypto)/src/", pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-packages-need-no-npm",
      comment: "What decides the protocol is ours to the last line.",
      severity: "error",
      from: { path: "^packages/(wire|delivery|call|collab|crypto)/src/", pathNot: `${tests}|^packages/crypto/src/password/` },
      to: { dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-unknown"], pathNot: "^packages/" },
    },
    {
      name: "D18-passwords-need-two-of-noble",
      comment:
        "D18: ristretto255 and Argon2id are no part of WebCrypto. Nothing else comes from outside, and nothing but passwords uses it.",
      severity: "error",
      from: { path: "^packages/crypto/src/password/", pathNot: tests },
      to: {
        dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "npm-unknown"],
        pathNot: "^packages/|(^|/)node_modules/@noble/(curves|hashes)/",
      },
    },
    {
      name: "apps-import-no-testkit",
      comment: "Fixed keys and simulated people never end up in what is served.",
      severity: "error",
      from: { path: "^apps/[^/]+/src/", pathNot: tests },
      to: { path: "^(packages/testkit|tests|bench|scripts)/", reachable: true },
    },
    {
      name: "nothing-imports-an-app",
      comment: "Apps are shells: whatever two of them need belongs into a package.",
      severity: "error",
      from: { path: "^packages/(?!testkit/)" },
      to: { path: "^apps/" },
    },
    {
      name: "apps-do-not-meet",
      comment: "Client and server share only the vocabulary.",
      severity: "error",
      from: { path: "^apps/([^/]+)/" },
      to: { path: "^apps/", pathNot: "^apps/$1/" },
    },
    {
      name: "server-imports-only-its-half",
      comment: "The server is a shell around packages/delivery.",
      severity: "error",
      from: { path: "^apps/server/src/", pathNot: tests },
      to: { path: "^packages/", pathNot: "^packages/(wire|delivery|api)/" },
    },
    {
      name: "frame-worker-is-small",
      comment: "What touches media frames is read in one sitting: the worker and the SFrame code, nothing else.",
      severity: "error",
      from: { path: "^apps/web/src/frame-worker/", pathNot: tests },
      to: { path: "^(packages|apps)/", pathNot: "^(apps/web/src/frame-worker/|packages/crypto/src/sframe/)" },
    },
    {
      name: "ui-knows-nothing",
      comment: "Parts of the interface are drawn from the views they are given.",
      severity: "error",
      from: { path: "^apps/web/src/ui/", pathNot: tests },
      to: { path: "^(packages|apps)/", pathNot: "^apps/web/src/(ui|i18n|view|styles)/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|target|\\.reports|\\.data)/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "browser", "node", "default", "types"] },
  },
}
