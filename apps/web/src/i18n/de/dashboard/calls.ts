import type { calls as english } from "../../en/dashboard/calls.ts"
import type { PartOf } from "../../words.ts"

export const calls: PartOf<typeof english> = {
  "calls.title": "Laufende Gespräche",
  "calls.why":
    "Hier stehen keine Namen: Sie sind versiegelt, und dieser Server kennt sie nicht. Er sieht, dass jemand da ist, unter einem Namen, der für jeden Besuch neu erfunden wird.",
  "calls.none": "Es läuft kein Gespräch",
  "calls.none-todo": "Sobald jemand in einem Raum ist, steht es hier.",
  "calls.room": "Ein Raum ohne Namen",
  "calls.since": "Seit {when}",
  "calls.since-before": "Von vor dem Start des Servers",
  "calls.inside": { one: "{count} im Raum", other: "{count} im Raum" },
  "calls.waiting": { one: "{count} wartet", other: "{count} warten" },
  "calls.who": "Wer darin ist",
  "calls.pseudonym": "Erfundener Name",
  "calls.came": "Kam",
  "calls.state": "Verbindung",
  "calls.connected": "Verbunden",
  "calls.cut-off": "Unterbrochen",
  "calls.remove": "Entfernen lassen",
  "calls.remove-title": "{name} entfernen lassen?",
  "calls.remove-what":
    "Das bittet die Geräte im Raum, diese Person zu entfernen und die Schlüssel zu wechseln. Der Server selbst kann das nicht. Alle lesen, dass die Organisation darum bat.",
  "calls.remove-asked": "Die Geräte im Raum sind gebeten; sie tun es.",
  "calls.end": "Gespräch beenden",
  "calls.end-title": "Das Gespräch in {name} beenden?",
  "calls.end-what":
    "Der Server überträgt nichts mehr davon; alle sind sofort draußen. Schlüssel verliert niemand: Wer den Link hat, kann danach neu beginnen.",
  "calls.end-closed": "So lange kommt niemand zurück",
  "calls.end-closed.60": "Eine Minute",
  "calls.end-closed.600": "Zehn Minuten",
  "calls.end-closed.3600": "Eine Stunde",
  "calls.end-yes": "Beenden",
  "calls.refresh": "Neu nachsehen",
}
