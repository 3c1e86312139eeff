import { defineConfig } from "vitest/config"

/** What a server or an SFU that lies can do to a call: a suite of its own, wherever the world it needs is. */
const hostile = "tests/**/hostile-*.test.ts"
const never = ["**/node_modules/**", "**/dist/**", "**/target/**"]

/** The catalogue's full counts take their time (tests/hostile/counts.ts). */
const patience = process.env["CONCLAVE_ATTACKS"] === "full" ? 3_600_000 : 180_000

/** Real browsers: one file at a time, or they starve each other on two cores. */
const inBrowsers = { testTimeout: patience, hookTimeout: 180_000, fileParallelism: false, maxConcurrency: 2 }

/** One project per kind of test. Names are used by `scripts/test.ts` and by `--project`. */
const projects = {
  unit: { include: ["packages/**/src/**/*.test.ts", "apps/**/src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"] },
  sim: { include: ["tests/{sim,churn}/**/*.test.ts"], exclude: [...never, hostile], testTimeout: 600_000 },
  walk: { include: ["tests/walk/**/*.test.ts"], testTimeout: 600_000 },
  hostile: { include: [hostile], ...inBrowsers },
  /** Signing in with a real provider; no browser. */
  identity: { include: ["tests/identity/**/*.test.ts"] },
  leaks: { include: ["tests/leaks/**/*.test.ts"], testTimeout: 120_000 },
  /** More people than two cores draw at once: not part of `npm test`, but of `npm run prove:call`. */
  crowd: { include: ["tests/crowd/**/*.test.ts"], ...inBrowsers },
  /** What starved for want of a processor is played once more, and the report says so. Attacks and figures have one try. */
  e2e: { include: ["tests/e2e/**/*.test.ts"], exclude: [...never, hostile], ...inBrowsers, retry: 1 },
}

export default defineConfig({
  test: {
    watch: false,
    projects: Object.entries(projects).map(([name, test]) => ({
      // By itself vitest leaves one core idle, which of two is half.
      test: { name, exclude: never, hookTimeout: 60_000, testTimeout: 60_000, maxWorkers: "100%", ...test },
    })),
  },
})
