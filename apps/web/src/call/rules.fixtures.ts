import type { RulesView } from "../view/rules.ts"

const host: RulesView = {
  hasLink: true,
  rules: {
    waitingRoom: false,
    isLocked: false,
    joinBeforeHost: true,
    share: "everyone",
    joinAs: "member",
    minimumLevel: "guest",
    isSingleUse: false,
    hasPassword: false,
    topic: "Budget review",
  },
  canEdit: true,
  hosts: ["Lena Fischer", "Ines Okafor"],
  organisations: [],
}

export const rulesFixtures = {
  host,
  strict: {
    ...host,
    rules: {
      ...host.rules,
      waitingRoom: true,
      isLocked: true,
      joinBeforeHost: false,
      share: "hosts",
      joinAs: "listener",
      hasPassword: true,
      minimumLevel: "organisation",
      expiry: Date.UTC(2026, 9, 3, 12),
    },
    organisations: [{ id: "https://id.northlight.example", name: "id.northlight.example", doesCount: true }],
  },
  offered: { ...host, organisations: [{ id: "https://id.northlight.example", name: "id.northlight.example", doesCount: false }] },
  "no-link": { ...host, hasLink: false, rules: { ...host.rules, waitingRoom: true, joinBeforeHost: false } },
  member: { ...host, rules: { ...host.rules, waitingRoom: true }, canEdit: false, hosts: ["Ines Okafor"] },
} satisfies Record<string, RulesView>
