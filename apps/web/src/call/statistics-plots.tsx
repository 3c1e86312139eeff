import { useWords } from "../i18n/use-words.ts"
import type { Say } from "../i18n/words.ts"
import type { PersonStatistics } from "../view/statistics.ts"
import { Plot } from "./statistics-plot.tsx"
import { frameLine, lineOf, spanOf, type FrameHistory, type Line } from "./statistics-series.ts"
import { tenth, whole } from "./statistics-table.tsx"

interface PlotsProps {
  readonly person: PersonStatistics
  readonly frames: readonly (FrameHistory extends ReadonlyMap<string, readonly (infer Point)[]> ? Point : never)[]
}

/** One person's last two minutes: four plots under each other, each with its number in words. */
export function PersonPlots({ person, frames }: PlotsProps) {
  const say = useWords()
  const { name, isSelf, samples, codecs } = person
  const last = samples.at(-1)
  const kbps = (value: number | undefined) => say("statistics.kbps-value", { value: whole(value) })
  const loss = (value: number | undefined) => say("statistics.loss-value", { value: tenth(value) })
  const ms = (value: number | undefined) => say("statistics.round-trip-value", { value: whole(value) })
  const rate = (value: number | undefined) => say("statistics.frames-value", { value: whole(value) })
  return (
    <section aria-labelledby="statistics-person">
      <h3 id="statistics-person">{isSelf ? say("statistics.you-send") : <bdi>{name}</bdi>}</h3>
      <dl className="facts statistics">
        {codecs.length > 0 && <Fact word={say("statistics.codecs")}>{codecs.join(", ")}</Fact>}
        {last?.height !== undefined && (
          <Fact word={say("statistics.picture")}>
            {say("statistics.picture-value", { height: last.height, rate: whole(last.framesPerSecond) })}
          </Fact>
        )}
      </dl>
      <Figure word={say("statistics.kbps")} line={lineOf(person, "kbps")} text={kbps} say={say} />
      <Figure word={say("statistics.loss")} line={lineOf(person, "loss")} text={loss} say={say} />
      <Figure word={say("statistics.round-trip")} line={lineOf(person, "roundTrip")} text={ms} say={say} />
      <Figure
        word={say(isSelf ? "statistics.sealed" : "statistics.opened")}
        line={frameLine(frames, "frames")}
        dashed={{ word: say("statistics.refused"), line: frameLine(frames, "refused") }}
        text={rate}
        say={say}
      />
    </section>
  )
}

function Fact({ word, children }: { word: string; children: string }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  )
}

interface FigureProps {
  readonly word: string
  readonly line: Line
  /** Drawn dashed in the same plot. */
  readonly dashed?: { readonly word: string; readonly line: Line }
  readonly text: (value: number | undefined) => string
  readonly say: Say
}

function Figure({ word, line, dashed, text, say }: FigureProps) {
  const lines = [{ word, line }, ...(dashed === undefined ? [] : [dashed])]
  const summary = lines.map((each) => summaryOf(each.word, each.line, { text, say })).join(". ")
  return (
    <figure className="plot">
      <figcaption aria-hidden="true">
        {lines.map((each, index) => (
          <span key={each.word} className={index === 0 ? undefined : "dashed"}>
            {each.word} <b>{text(spanOf(each.line)?.now)}</b>
          </span>
        ))}
      </figcaption>
      <Plot lines={lines.map((each) => each.line)} label={summary} />
    </figure>
  )
}

/** What a sighted person reads off the plot. */
export function summaryOf(word: string, line: Line, { text, say }: Pick<FigureProps, "text" | "say">): string {
  const span = spanOf(line)
  if (span === undefined) return `${word}: ${say("statistics.nothing")}`
  return say("statistics.plot", { what: word, now: text(span.now), low: text(span.low), high: text(span.high) })
}
