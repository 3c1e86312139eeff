import type { entry as english } from "../en/entry.ts"
import type { PartOf } from "../words.ts"

/** Rooms that their server opens: coming in, and what is said of them. German. */
export const entry: PartOf<typeof english> = {
  "entry.log-in": "Anmelden",
  "entry.sign-in-needed": "Dieser Raum ist für Leute dieses Servers",
  "entry.sign-in-needed-what": "Melden Sie sich mit Ihrem Konto an, oder kommen Sie über einen Link, der ein Token für Sie enthält.",
  "entry.token-expired": "Die Zeit dieses Links ist vorbei",
  "entry.token-expired-what": "Er ließ bis zu einer bestimmten Zeit herein, und die ist verstrichen.",
  "entry.token-void": "Dieser Link lässt niemanden herein",
  "entry.token-void-what": "Sein Token gilt nicht, oder es wurde zurückgezogen.",
  "entry.token-todo": "Fragen Sie, wer Sie eingeladen hat, nach einem neuen Link.",
  "entry.room-expired": "Dieser Raum ist am Ende seiner Zeit",
  "entry.room-expired-what": "Wer ihn angelegt hat, hat eine Zeit gesetzt, nach der niemand mehr hereinkommt.",
  "entry.not-opened": "Der Raum ist noch nicht geöffnet",
  "entry.not-opened-what": "Zuerst muss jemand von der Moderation kommen. Dann geht es von selbst weiter.",
  "entry.not-opened-topic":
    "„{topic}“ ist noch nicht geöffnet: Zuerst muss jemand von der Moderation kommen. Dann geht es von selbst weiter.",
  "entry.not-opened-trying": "Alle paar Sekunden wird nachgesehen. Sie können diese Seite offen lassen.",
  "entry.identity": "Versiegelt. Diesen Raum öffnet, wer Sie sind",
  "entry.identity-provider":
    "{names} sagt hier, wer jemand ist, und jedes Gerät prüft das selbst. Der Server kann Sie weder sehen noch hören.",
  "entry.identity-server": "Dieser Server sagt hier, wer jemand ist, und könnte sich irren. Sehen oder hören kann er Sie nicht.",
  "entry.transport": "Dieser Raum steht dem Server offen",
  "entry.transport-what": "Wer ihn betreibt, kann alles sehen, hören und lesen. Für Vertrauliches legen Sie einen versiegelten Raum an.",
  "entry.account": "Andere lesen „{name}“; dieser Server bürgt dafür.",
  "entry.sees-identity": "Was dieser Server sehen kann: wer kommt, wann und von welcher Adresse. Nichts, was Sie sagen oder zeigen.",
  "entry.sees-identity-what": "Ihre Netzadresse, Ihren Namen, wer wen hereinlässt, wann Sie kommen und gehen, wie viele Daten fließen.",
  "entry.sees-identity-not": "Bilder, Stimmen, geteilte Bildschirme.",
  "entry.sees-transport":
    "Was dieser Server sehen kann: alles, was Sie hier sagen und zeigen, wer Sie sind, wann Sie kamen und von welcher Adresse.",
  "entry.sees-transport-what": "Bilder, Stimmen, geteilte Bildschirme, Ihren Namen, Ihre Netzadresse, wann Sie kommen und gehen.",
  "entry.open-seal": "Offen für den Server",
  "entry.kind-identity": "Versiegelt nach Identität",
  "entry.kind-identity-provider": "{names} sagt hier, wer jemand ist; dieses Gerät prüft das selbst.",
  "entry.kind-identity-server":
    "Dieser Server sagt hier, wer jemand ist, und könnte sich irren. Vergleichen Sie Wörter, um sicher zu sein.",
  "entry.kind-host": "Wer den Raum geöffnet hat, leitet ihn; welches Gerät das ist, hat dieser Server gesagt.",
  "entry.server-has-key": "Hat jeden Schlüssel",
  "entry.door-what": "Die Leute drinnen wissen, dass Sie da sind. Sie können Ihnen die Tür öffnen.",
}
