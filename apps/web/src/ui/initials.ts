/** Up to two letters that stand for a person: first and last word, whole graphemes, as the script writes them. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/u).filter((word) => /^[\p{L}\p{N}\p{So}]/u.test(word))
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  return chosen
    .map((word) => first(word ?? ""))
    .join("")
    .toLocaleUpperCase()
}

function first(word: string): string {
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(word)) return segment
  return ""
}
