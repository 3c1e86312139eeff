import type { RosterEntry, SecurityView } from "../view/security.ts"
import { guests, person } from "./people.fixtures.ts"

const entry = (id: string, who: RosterEntry["who"]): RosterEntry => ({
  id,
  who,
  isSelf: false,
  isMuted: id === "ravi",
  isSilent: false,
  canRemove: false,
})

const self: RosterEntry = { ...entry("self", person("Lena Fischer")), isSelf: true }

const usual: SecurityView = {
  roster: [...guests.map(({ id, who }) => entry(id, who)), self],
  words: ["harbour", "violin", "cedar", "lantern", "october", "marble", "window", "april"],
  digits: "40718 22951 86340 11975 60283 57714",
  comparison: "open",
  keysChanged: { minutesAgo: 2, why: { kind: "joined", names: ["Mei Tanaka"] } },
  details: { epoch: 14, group: "5c1f 09ae 77d2 b340 e18c 4f6a 21b7 90cd", refused: [], outsideWindow: 0, heartbeatWindow: 30 },
}

export const securityFixtures = {
  usual,
  host: { ...usual, roster: usual.roster.map((one) => ({ ...one, canRemove: !one.isSelf, isSilent: one.id === "jonas" })) },
  levels: {
    ...usual,
    roster: [
      entry("mei", person("Mei Tanaka")),
      entry("ines", { ...person("Ines Okafor", "person"), note: "by you, 3 October" }),
      entry("jonas", { ...person("Jonas Brandt", "person"), isKeyChanged: true, note: "Not the key you verified on 3 October" }),
      entry("amal", { ...person("Amal Haddad", "organisation"), note: "northlight.example" }),
      entry("ravi", person("Ravi Menon", "account")),
      entry("new", { known: false }),
      self,
    ],
  },
  matched: { ...usual, comparison: "match" },
  differ: { ...usual, comparison: "differ" },
  alone: { ...usual, roster: [self], keysChanged: { minutesAgo: 0, why: { kind: "founded" } } },
  sealing: { ...usual, roster: [self], words: [], digits: "", keysChanged: { minutesAgo: 0, why: { kind: "founded" } } },
  refused: {
    ...usual,
    keysChanged: { minutesAgo: 1, why: { kind: "removed", name: "Mira Solberg", by: "Ines Okafor" } },
    details: {
      ...usual.details,
      refused: [
        { name: "Jonas Brandt", unknownKey: 12, authentication: 0, replay: 1, malformed: 0 },
        { name: undefined, unknownKey: 3, authentication: 40, replay: 0, malformed: 2 },
      ],
      outsideWindow: 42,
    },
  },
} satisfies Record<string, SecurityView>
