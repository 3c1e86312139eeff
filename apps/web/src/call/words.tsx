import { TriangleAlert } from "lucide-react"
import { useId, useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { SecurityActions, SecurityView } from "../view/security.ts"

interface WordsProps {
  readonly view: SecurityView
  readonly actions: SecurityActions
  readonly onLeave: () => void
}

/** Eight words to read aloud (D15). Once matched they fold away until they change. */
export function Words({ view, actions, onLeave }: WordsProps) {
  const say = useWords()
  const id = useId()
  const [isDigits, showDigits] = useState(false)
  const [unfolded, unfold] = useState<string>()
  if (view.comparison === "match" && unfolded !== view.digits) return <Matched onUnfold={() => unfold(view.digits)} />
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{say(isDigits ? "security.digits" : "security.words")}</h3>
      <p>{say(isDigits ? "security.digits-how" : "security.words-how")}</p>
      {isDigits ? <Digits digits={view.digits} /> : <WordList words={view.words} />}
      {view.comparison === "differ" ? (
        <Differ onLeave={onLeave} onMisread={actions.wordsMatch} />
      ) : (
        <div className="actions">
          <button type="button" className="button primary" onClick={actions.wordsMatch}>
            {say("security.match")}
          </button>
          <button type="button" className="button" onClick={actions.wordsDiffer}>
            {say("security.differ")}
          </button>
        </div>
      )}
      <button type="button" className="link" onClick={() => showDigits(!isDigits)}>
        {say(isDigits ? "security.show-words" : "security.show-digits")}
      </button>
    </section>
  )
}

/** Always English and never mirrored: everyone must see the same. */
function WordList({ words }: { words: readonly string[] }) {
  return (
    <ol className="words" lang="en">
      {words.map((word, index) => (
        // A word may come twice.
        <li key={`${index} ${word}`}>{word}</li>
      ))}
    </ol>
  )
}

function Digits({ digits }: { digits: string }) {
  return (
    <ul className="digits">
      {digits.split(" ").map((group, index) => (
        <li key={`${index} ${group}`}>{group}</li>
      ))}
    </ul>
  )
}

function Matched({ onUnfold }: { onUnfold: () => void }) {
  const say = useWords()
  return (
    <section className="matched">
      <h3>{say("security.matched")}</h3>
      <p>{say("security.matched-note")}</p>
      <button type="button" className="link" onClick={onUnfold}>
        {say("security.show-again")}
      </button>
    </section>
  )
}

function Differ({ onLeave, onMisread }: { onLeave: () => void; onMisread: () => void }) {
  const say = useWords()
  return (
    <div className="notice alert" role="alert">
      <TriangleAlert className="icon" aria-hidden="true" />
      <div>
        <strong>{say("security.differed")}</strong>
        {say("security.differed-what")}
      </div>
      <div className="actions">
        <button type="button" className="button primary" onClick={onLeave}>
          {say("security.leave")}
        </button>
        <button type="button" className="button" onClick={onMisread}>
          {say("security.misread")}
        </button>
      </div>
    </div>
  )
}
