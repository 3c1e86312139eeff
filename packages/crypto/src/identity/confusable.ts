/**
 * Names that look alike (A4.14): letters of other scripts, digits, accents, case and blanks are what people do not see on a
 * tile. A small table of the common ones, after Unicode TS 39; two names with the same skeleton are to be told apart by more.
 */

/** Letters that look like a Latin one in both of their cases or in this one, by code point: first ours, then theirs. */
const table: readonly (readonly [string, string])[] = [
  ["a", "\u0430\u0410\u03b1\u0391\u0251@"],
  ["b", "\u0432\u0412\u044c\u042c\u03b2\u03928"],
  ["c", "\u0441\u0421\u03f2\u03f9"],
  ["d", "\u0501\u0111\u0110"],
  ["e", "\u0435\u0415\u03b5\u0395\u04bd3\u0437\u0417"],
  ["f", "\u03dd\u03dc"],
  ["g", "\u0261\u0581"],
  ["h", "\u043d\u041d\u04bb\u04ba\u0397\u0570\u0127"],
  ["j", "\u0458\u0408\u03f3"],
  ["k", "\u043a\u041a\u03ba\u039a"],
  ["l", "iI1|!\u0131\u0456\u0406\u03b9\u0399\u04cf\u04c0\u0142\u0141"],
  ["m", "\u043c\u041c\u039c"],
  ["n", "\u043f\u03b7\u039d\u0578"],
  ["o", "0\u043e\u041e\u03bf\u039f\u03c3\u0585\u0555\u00f8\u00d8"],
  ["p", "\u0440\u0420\u03c1\u03a1"],
  ["q", "\u051b\u0566"],
  ["r", "\u0433"],
  ["s", "\u0455\u0405$5"],
  ["t", "\u0442\u0422\u03c4\u03a4"],
  ["u", "\u03c5\u057d\u03bc"],
  ["v", "\u03bd\u0475"],
  ["w", "\u051d\u051c\u0448\u0428\u03c9"],
  ["x", "\u0445\u0425\u03c7\u03a7\u00d7"],
  ["y", "\u0443\u0423\u03a5\u03b3\u04af\u04ae"],
  ["z", "\u0396\u01b6"],
  ["ss", "\u00df\u1e9e"],
  ["ae", "\u00e6\u00c6\u04d5\u04d4"],
  ["oe", "\u0153\u0152"],
]

const looksLike = new Map(table.flatMap(([ours, theirs]) => Array.from(theirs, (letter) => [letter, ours] as const)))

/** What is left of a name when everything is taken away that the eye passes over. */
export function skeleton(name: string): string {
  // Compatibility forms first (full width, mathematical letters), then the marks above and below.
  const bare = name.normalize("NFKD").replace(/\p{M}/gu, "")
  const plain = Array.from(bare, (letter) => looksLike.get(letter) ?? looksLike.get(letter.toLowerCase()) ?? letter.toLowerCase())
  const letters = plain.join("").replace(/[^\p{L}\p{N}]/gu, "")
  // A name of signs alone is compared as it is.
  return letters === "" ? bare : letters.replaceAll("rn", "m").replaceAll("vv", "w")
}

/** Whether people would take one name for the other; true of equal names too. */
export const isConfusable = (a: string, b: string): boolean => skeleton(a) === skeleton(b)
