import { useWords } from "../i18n/use-words.ts"
import type { PersonStatistics } from "../view/statistics.ts"

interface TableProps {
  readonly people: readonly PersonStatistics[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}

/** Everyone's numbers as text: what the plots show of one person, for all, and for whoever sees no plot. A name shows its plots. */
export function StatisticsTable({ people, chosen, onChoose }: TableProps) {
  const say = useWords()
  return (
    <section aria-labelledby="statistics-everyone">
      <h3 id="statistics-everyone">{say("statistics.everyone")}</h3>
      <table className="numbers">
        <thead>
          <tr>
            <th scope="col">{say("statistics.person")}</th>
            <th scope="col">{say("statistics.kbps")}</th>
            <th scope="col">{say("statistics.loss")}</th>
            <th scope="col">{say("statistics.frames")}</th>
            <th scope="col">{say("statistics.refused")}</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ id, name, isSelf, samples, frames, refused }) => (
            <tr key={id}>
              <th scope="row">
                <button type="button" className="link" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
                  {isSelf ? say("people.you") : <bdi>{name}</bdi>}
                </button>
              </th>
              <td>{whole(samples.at(-1)?.kbps)}</td>
              <td>{tenth(samples.at(-1)?.loss)}</td>
              <td>{frames}</td>
              <td className={refused > 0 ? "alert" : undefined}>{refused}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A number nobody knows is a dash. */
export const whole = (value: number | undefined): string => (value === undefined ? "–" : String(Math.round(value)))
export const tenth = (value: number | undefined): string => (value === undefined ? "–" : value.toFixed(1))
