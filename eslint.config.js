import js from "@eslint/js"
import reactHooks from "eslint-plugin-react-hooks"
import tseslint from "typescript-eslint"
import { houseRules } from "./scripts/eslint/house-rules.js"

const tests = ["**/*.test.{ts,tsx}", "**/*.contract.ts", "**/*.fixture.{ts,tsx}", "**/*.fixtures.{ts,tsx}", "tests/**", "bench/**"]
const pure = ["packages/{wire,delivery,call,collab,crypto}/src/**/*.ts"]

const injected = (name, instead) => ({ name, message: `Pure packages are given ${instead}.` })

export default tseslint.config(
  {
    ignores: [
      "**/dist/**",
      "**/target/**",
      "**/.build/**",
      "packages/mls-engine/module/**",
      "packages/mls-engine/engine/**",
      ".reports/**",
      ".data/**",
    ],
  },
  js.configs.recommended,
  {
    plugins: { house: houseRules },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { "house/no-look-alikes": "error", eqeqeq: "error", "no-console": "off" },
  },
  {
    files: ["**/*.{js,mjs}"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        Buffer: "readonly",
        setTimeout: "readonly",
        document: "readonly",
        window: "readonly",
      },
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["**/*.d.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: "tsconfig.lint.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/dot-notation": "off",
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      "@typescript-eslint/no-empty-function": ["error", { allow: ["methods", "arrowFunctions"] }],
      // Costly, and for what cannot be here: enums are refused below, and no class is assigned to another's type.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      // Looks up every identifier of the tree: as long as all other rules together.
      "@typescript-eslint/no-deprecated": "off",
      "@typescript-eslint/no-misused-spread": ["error", { allow: [{ from: "lib", name: "string" }] }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/require-await": "off",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "An export has one name, the same everywhere." },
        { selector: "TSEnumDeclaration", message: "Node strips types and cannot strip enums; use a union or a const table." },
      ],
    },
  },
  {
    // The shells of the workers see another global scope than the page.
    files: ["apps/web/src/*-worker/worker.ts"],
    languageOptions: { parserOptions: { project: "apps/web/src/*-worker/tsconfig.json" } },
  },
  {
    files: pure,
    ignores: tests,
    rules: {
      "no-restricted-globals": [
        "error",
        injected("Date", "the time"),
        injected("performance", "the time"),
        injected("setTimeout", "the time and order a wake"),
        injected("setInterval", "the time and order a wake"),
        injected("fetch", "what came over the network"),
        injected("WebSocket", "what came over the network"),
        injected("localStorage", "what was stored"),
        injected("indexedDB", "what was stored"),
        injected("console", "no voice: what matters is returned"),
        injected("process", "their settings"),
        injected("Buffer", "Uint8Arrays"),
      ],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Chance is injected, and chance for keys comes from WebCrypto." },
      ],
    },
  },
  {
    files: ["apps/**/*.{ts,tsx}", "packages/**/*.ts"],
    ignores: [...tests, "**/*.d.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["@conclave/testkit", "@conclave/testkit/*"],
              message: "Fixed keys and simulated people never end up in what is served.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["apps/web/src/**/*.tsx"],
    ignores: [...tests, "apps/web/src/gallery/**"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error", "house/no-literal-text": "error" },
  },
  {
    files: [...tests, "packages/testkit/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
    },
  },
  { files: ["*.config.{js,ts}", "apps/*/*.config.ts", ".dependency-cruiser.mjs"], rules: { "no-restricted-syntax": "off" } },
  { files: ["apps/*/*.config.ts"], extends: [tseslint.configs.disableTypeChecked] },
)
