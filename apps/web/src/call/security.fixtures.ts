import type { PersonAct, RosterEntry, SecurityView } from "../view/security.ts"
import { guests, person } from "./people.fixtures.ts"

const entry = (id: string, who: RosterEntry["who"]): RosterEntry => ({
  id,
  who,
  isSelf: false,
  isMuted: id === "ravi",
  isSilent: false,
  role: "member",
  isSuccessor: false,
  acts: [],
})

const self: RosterEntry = { ...entry("self", person("Lena Fischer")), isSelf: true }

/** Ines and this device's person are hosts, Tomás helps, Mei listens. */
function roleOf(id: string): Pick<RosterEntry, "role" | "isSuccessor"> {
  const roles: Readonly<Record<string, RosterEntry["role"]>> = { ines: "host", self: "host", tomas: "co-host", mei: "listener" }
  return { role: roles[id] ?? "member", isSuccessor: id === "amal" }
}

const allActs: readonly PersonAct[] = ["make-host", "make-co-host", "make-member", "make-listener", "name-successor", "remove"]
const actNow = { host: "make-host", "co-host": "make-co-host", member: "make-member", listener: "make-listener" } as const

function asHostSees(one: RosterEntry): RosterEntry {
  const { role, isSuccessor } = roleOf(one.id)
  const acts = one.isSelf ? [] : allActs.filter((act) => act !== actNow[role])
  return { ...one, role, isSuccessor, acts, isSilent: one.id === "jonas" }
}

const pairDigits = "19374 55028 64410 07731 98265 31147 20986 75503 41192 86630 05574 33918"

const usual: SecurityView = {
  room: { kind: "link" },
  roster: [...guests.map(({ id, who }) => entry(id, who)), self],
  words: ["harbour", "violin", "cedar", "lantern", "october", "marble", "window", "april"],
  digits: "40718 22951 86340 11975 60283 57714",
  comparison: "open",
  keysChanged: { minutesAgo: 2, why: { kind: "joined", names: ["Mei Tanaka"] } },
  blocked: [],
  canTakeOver: false,
  devices: [],
  details: { epoch: 14, group: "5c1f 09ae 77d2 b340 e18c 4f6a 21b7 90cd", refused: [], outsideWindow: 0, heartbeatWindow: 30 },
}

/** Everybody has an account of the server. */
const accounts = usual.roster.map((one) => (one.who.known ? { ...one, who: { ...one.who, level: "account" as const } } : one))

export const securityFixtures = {
  usual,
  identity: { ...usual, room: { kind: "identity", providers: [] }, roster: accounts },
  "identity-provider": { ...usual, room: { kind: "identity", providers: ["id.northlight.example"] } },
  transport: { ...usual, room: { kind: "transport" }, roster: accounts },
  host: { ...usual, roster: usual.roster.map(asHostSees), blocked: [{ id: "b", name: "Party Crasher" }] },
  /** What a plain member sees. */
  roles: { ...usual, roster: usual.roster.map((one) => ({ ...one, ...roleOf(one.id) })) },
  wishes: {
    ...usual,
    room: { kind: "identity", providers: [] },
    roster: accounts.map(asHostSees).map((one) => (one.id === "amal" ? { ...one, wish: "make-co-host" as const } : one)),
  },
  successor: { ...usual, roster: usual.roster.map((one) => ({ ...one, isSuccessor: one.isSelf })), canTakeOver: true },
  similar: {
    ...usual,
    roster: [
      entry("fake", { ...person("Ines 0kafor"), looksLike: "Ines Okafor" }),
      ...usual.roster.map((one) => (one.id === "ines" ? { ...one, who: person("Ines Okafor", "organisation") } : one)),
    ],
  },
  devices: {
    ...usual,
    devices: [
      { id: "1", label: "71c4 09ae", isThis: true, isHere: true, isLost: false },
      { id: "2", label: "b03f 5d12", isThis: false, isHere: true, isLost: false },
      { id: "3", label: "44aa e901", isThis: false, isHere: false, isLost: true },
    ],
  },
  levels: {
    ...usual,
    roster: [
      entry("mei", person("Mei Tanaka")),
      { ...entry("ines", { ...person("Ines Okafor", "person"), note: "by you, 3 October" }), pairDigits },
      {
        ...entry("jonas", { ...person("Jonas Brandt", "person"), isKeyChanged: true, note: "Not the key you verified on 3 October" }),
        pairDigits,
      },
      { ...entry("amal", { ...person("Amal Haddad", "organisation"), note: "id.northlight.example" }), pairDigits },
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
