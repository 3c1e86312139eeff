/** The form of a defence that can be taken out: one edit, and the test that must notice. */

export interface Defence {
  /** What is taken out, in the words of a reader. */
  readonly name: string
  /** The rule or attack it belongs to. */
  readonly rule: string
  /** The file of the tree that is edited. */
  readonly file: string
  /** Text that stands in the file exactly once, and what takes its place. */
  readonly text: string
  readonly replacement: string
  /** The test file, and words of the name, after its ids, of the test in it that must turn red. */
  readonly test: { readonly file: string; readonly name: string }
}

/** The file's text without the defence; undefined when the defence is not found there exactly once. */
export function without(source: string, { text, replacement }: Pick<Defence, "text" | "replacement">): string | undefined {
  const at = source.indexOf(text)
  if (at < 0 || text === replacement || source.includes(text, at + 1)) return undefined
  return source.slice(0, at) + replacement + source.slice(at + text.length)
}
