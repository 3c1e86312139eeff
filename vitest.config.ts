import { defineConfig } from "vitest/config"

/** One project per kind of test, in the order `npm test` runs them. Names are used by `scripts/test.ts` and by `--project`. */
const projects = {
  unit: { include: ["packages/**/src/**/*.test.ts", "apps/**/src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"] },
  sim: { include: ["tests/sim/**/*.test.ts"], testTimeout: 600_000 },
  walk: { include: ["tests/walk/**/*.test.ts"], testTimeout: 600_000 },
  hostile: { include: ["tests/hostile/**/*.test.ts"], testTimeout: 120_000 },
  leaks: { include: ["tests/leaks/**/*.test.ts"], testTimeout: 120_000 },
  // Real browsers: one file at a time, or they starve each other on two cores.
  e2e: { include: ["tests/e2e/**/*.test.ts"], testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false },
}

export default defineConfig({
  test: {
    watch: false,
    projects: Object.entries(projects).map(([name, test]) => ({
      test: { name, exclude: ["**/node_modules/**", "**/dist/**", "**/target/**"], hookTimeout: 60_000, testTimeout: 60_000, ...test },
    })),
  },
})
