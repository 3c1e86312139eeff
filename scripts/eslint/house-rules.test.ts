import { Linter } from "eslint"
import tseslint from "typescript-eslint"
import { expect, test } from "vitest"
import { houseRules } from "./house-rules.js"

const findings = (rule: "no-literal-text" | "no-look-alikes", code: string): string[] =>
  new Linter()
    .verify(
      code,
      {
        files: ["**/*.tsx"],
        plugins: { house: houseRules },
        languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
        rules: { [`house/${rule}`]: "error" },
      },
      "file.tsx",
    )
    .map(({ message }) => message)

test("text for people that is no key is found wherever a person could meet it", () => {
  for (const code of [
    "<p>Leave the call</p>",
    '<p>{"Leave"}</p>',
    '<p>{isMuted ? "Muted" : words("x")}</p>',
    '<img alt="A cat" />',
    "<button aria-label={`Leave ${name}`} />",
  ])
    expect(findings("no-literal-text", code), code).toHaveLength(1)
})

test("keys, classes, signs and numbers are no text for people", () => {
  for (const code of [
    '<p className="tile wide">{words("leave")}</p>',
    "<p>· {count} / 3</p>",
    '<img alt="" src="a.svg" role="presentation" />',
  ])
    expect(findings("no-literal-text", code), code).toEqual([])
})

test("identifiers of other scripts, look-alike letters in comments and hidden signs are found", () => {
  expect(findings("no-look-alikes", "const f\u043ename = 1")).toHaveLength(1)
  expect(findings("no-look-alikes", "// the v\u0430lue\nconst value = 1")).toHaveLength(1)
  expect(findings("no-look-alikes", 'const text = "a\u202eb"')).toHaveLength(1)
  expect(findings("no-look-alikes", '// a ‖ b → "é"\nconst text = "ж"')).toEqual([])
})
