import type { StartView } from "../view/start.ts"

export const startFixtures = {
  start: { pasted: "" },
  "start-not-a-link": { pasted: "the meeting at ten", trouble: { kind: "not-a-link" } },
  "start-cut": { pasted: "https://meet.northlight.example/r/sd8f7sd8f7sdf8s7df8s7w#wMk", trouble: { kind: "cut" } },
  "start-other-server": {
    pasted: "https://calls.example/r/sd8f7sd8f7sdf8s7df8s7w",
    trouble: { kind: "other-server", host: "calls.example" },
  },
} satisfies Record<string, StartView>
