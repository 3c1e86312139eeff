import type { PersonStatistics, Sample, StatisticsSource, StatisticsView } from "../view/statistics.ts"
import { guests } from "./people.fixtures.ts"

const seconds = Array.from({ length: 90 }, (_, index) => index)

/** Rises and falls like a real one, the same every time. */
const sample = (at: number, kbps: number, loss: number): Sample => ({
  at: at * 1000,
  kbps: kbps + 120 * Math.sin(at / 7) + 60 * Math.sin(at / 2.3),
  loss: Math.max(0, loss + Math.sin(at / 5) * loss),
  roundTrip: 38 + 6 * Math.sin(at / 9),
  framesPerSecond: 30,
  height: 360,
})

function personAt(until: number, who: { id: string; name: string; isSelf: boolean }, index: number): PersonStatistics {
  return {
    ...who,
    samples: seconds.slice(0, until + 1).map((at) => sample(at, 420 + 90 * index, index === 2 ? 3 : 0.2)),
    codecs: ["VP8", "Opus"],
    frames: until * (80 + 4 * index) + Math.round(20 * Math.sin(until / 4)),
    refused: index === 2 && until > 60 ? (until - 60) * 2 : 0,
  }
}

const viewAt = (second: number): StatisticsView => ({
  way: "udp",
  people: [...guests.map(({ id, who }) => ({ id, name: who.name, isSelf: false })), { id: "self", name: "Lena Fischer", isSelf: true }].map(
    (who, index) => personAt(second, who, index),
  ),
})

/** Everything that was measured in a minute and a half, at once. */
const usual: StatisticsSource = {
  subscribe: (heard) => {
    for (const second of seconds) heard(viewAt(second))
    return () => undefined
  },
}

export const statisticsFixtures = { usual, viewAt }
