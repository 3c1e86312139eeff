import { useWords } from "../i18n/use-words.ts"

/** What somebody at the door should be able to read out: always English and never mirrored, as they see it. */
export function DoorWords({ name, words }: { name: string; words: readonly string[] }) {
  const say = useWords()
  return (
    <div className="door-words">
      <p>{say("door.words-what", { name })}</p>
      <ol lang="en">
        {words.map((word, index) => (
          // A word may come twice.
          <li key={`${index} ${word}`}>{word}</li>
        ))}
      </ol>
    </div>
  )
}
