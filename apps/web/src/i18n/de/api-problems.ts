/** What REST v1 refuses, to people. German. */
import type { PartOf } from "../words.ts"
import type { apiProblems as english } from "../en/api-problems.ts"

export const apiProblems: PartOf<typeof english> = {
  "api-problem.invalid": "Etwas in diesem Formular ist nicht, wie es sein muss.",
  "api-problem.not-signed-in": "Sie sind nicht mehr angemeldet. Melden Sie sich neu an, um weiterzumachen.",
  "api-problem.denied": "Ihre Rolle erlaubt das nicht. Fragen Sie jemanden, der Ihre Organisation verwaltet.",
  "api-problem.fresh-login-needed": "Nichts wurde geändert. Dafür müssen Sie noch einmal zeigen, wer Sie sind.",
  "api-problem.friendly-url-taken": "Ein anderer Raum hat schon diesen Namen im Link. Wählen Sie einen anderen.",
  "api-problem.people-are-inside": "Es sind Leute im Raum. Versuchen Sie es wieder, wenn alle gegangen sind.",
  "api-problem.no-call": "In diesem Raum läuft kein Gespräch.",
  "api-problem.login-refused": "Die Adresse oder das Passwort stimmt nicht.",
  "api-problem.code-refused": "Der Code stimmt nicht oder wurde schon benutzt. Warten Sie auf den nächsten der App.",
  "api-problem.passkey-refused": "Dieser Passkey gehört zu keinem Konto hier. Nehmen Sie einen anderen oder das Passwort.",
  "api-problem.ticket-used": "Das hat länger als fünf Minuten gedauert oder wurde schon getan. Beginnen Sie von vorn.",
  "api-problem.link-used":
    "Dieser Link wurde benutzt oder zurückgezogen oder ist zu alt. Fragen Sie die Person, von der er kam, nach einem neuen.",
  "api-problem.password-refused":
    "Ein anderes Passwort ist nötig: 10 bis 200 Zeichen, keines von denen, die alle zuerst versuchen, und weder Ihr Name noch Ihre Adresse.",
  "api-problem.email-taken": "Ein anderes Konto hat diese Adresse. Wählen Sie eine andere, oder melden Sie sich an.",
  "api-problem.role-not-yours": "Diese Rolle dürfen Sie weder geben noch nehmen.",
  "api-problem.last-owner": "Dann gäbe es keinen Eigentümer mehr. Machen Sie erst jemand anderen dazu.",
  "api-problem.team-in-use": "Das Team hat noch Räume oder Schlüssel. Verschieben oder löschen Sie diese zuerst.",
  "api-problem.no-authenticator-app": "In diesem Konto gibt es keine Authenticator-App mehr.",
  "api-problem.too-many-passkeys": "Es gibt genug Passkeys. Entfernen Sie zuerst einen.",
  "api-problem.too-many": "Zu viele Versuche.",
  "api-problem.server-away": "Der Server antwortet nicht. Hier ging nichts verloren; versuchen Sie es gleich noch einmal.",
  "api-problem.passkey-given-up": "Es wurde kein Passkey gezeigt. Versuchen Sie es noch einmal, oder nehmen Sie das Passwort.",
  "api-problem.passkey-known": "Dieses Gerät hat schon einen Passkey für dieses Konto.",
  "api-problem.passkey-impossible":
    "Dieser Browser kann hier keine Passkeys benutzen. Sie brauchen eine Adresse mit einem Namen, die mit https beginnt.",
  "api-problem.no-such-room": "Diesen Raum gibt es nicht, oder er ist nicht für Sie.",
  "api-problem.not-found": "Das gibt es nicht, oder es ist nicht für Sie. Vielleicht wurde es inzwischen gelöscht.",
  "api-problem.stale-version": "Jemand anders hat das inzwischen geändert. Laden Sie die Seite neu und ändern Sie es dann.",
  "api-problem.room-has-a-secret": "Der Raum öffnet sich durch seinen eigenen Link. Persönliche Links sind für andere Räume.",
  "api-problem.room-is-transport-only":
    "Der Raum ist offen für den Server. Versiegeln Sie ihn zuerst und machen Sie dann einen geheimen Link.",
  "api-problem.room-expired": "Die Zeit des Raums ist um. Geben Sie ihm zuerst ein anderes Ende.",
  "api-problem.endpoint-refused": "An diese Adresse wird nichts gesendet. Sie braucht https und einen Namen, den alle erreichen.",
  "api-problem.too-many-webhooks": "Das Team hat so viele Webhooks, wie es haben darf. Löschen Sie zuerst einen.",
  "api-problem.no-such-delivery": "Diese Zustellung wird nicht mehr aufbewahrt.",
  "api-problem.other":
    "Der Server hat das abgelehnt. Laden Sie die Seite neu; geschieht es wieder, sagen Sie es der Person, die ihn betreibt.",
  "api-problem.later-seconds": { one: "Versuchen Sie es in einer Sekunde wieder.", other: "Versuchen Sie es in {count} Sekunden wieder." },
  "api-problem.later-minutes": { one: "Versuchen Sie es in einer Minute wieder.", other: "Versuchen Sie es in {count} Minuten wieder." },
}
