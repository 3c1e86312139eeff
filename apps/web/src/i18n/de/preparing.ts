import type { preparing as english } from "../en/preparing.ts"
import type { PartOf } from "../words.ts"

/** Before the call: background, noise, network check, help with permissions. German. */
export const preparing: PartOf<typeof english> = {
  "preparing.background": "Hintergrund",
  "preparing.background-none": "Wie er ist",
  "preparing.background-blur": "Unscharf",
  "preparing.background-wall": "Wand",
  "preparing.background-shelf": "Regal",
  "preparing.background-hills": "Hügel",
  "preparing.background-arches": "Bögen",
  "preparing.background-own": "Ihr Bild",
  "preparing.background-choose": "Bild wählen",
  "preparing.background-kept": "Das geschieht auf diesem Gerät, bevor Ihr Bild versiegelt wird. Ihr eigenes Bild verlässt es nie.",
  "preparing.background-starting": "Beginnt. Bis es geht, bekommt niemand ein Bild.",
  "preparing.background-failed": "Ihr Hintergrund lässt sich nicht verbergen",
  "preparing.background-failed-todo":
    "Deshalb ist Ihre Kamera aus, und niemand sieht Ihren Raum. Versuchen Sie es noch einmal, oder zeigen Sie den Hintergrund, wie er ist.",
  "preparing.background-unavailable": "Dieser Browser kann keinen Hintergrund verbergen.",
  "preparing.noise": "Geräusche",
  "preparing.noise-off": "Nicht wegnehmen",
  "preparing.noise-browser": "Was der Browser tut",
  "preparing.noise-browser-what": "Nimmt gleichmäßige Geräusche weg.",
  "preparing.noise-strong": "Nur die Stimme lassen",
  "preparing.noise-strong-what": "Geschieht auf diesem Gerät. Braucht etwas mehr Strom.",
  "preparing.noise-failed": "Geräusche werden nicht weggenommen",
  "preparing.noise-failed-todo": "Andere hören Sie so wie Ihr Mikrofon. Nichts zu tun.",
  "preparing.network": "Netz",
  "preparing.network-what": "Findet heraus, ob Bild und Ton von hier zu diesem Server gelangen.",
  "preparing.network-try": "Netz prüfen",
  "preparing.network-trying": "Wird geprüft",
  "preparing.way-udp": "Direkt, schnell (UDP)",
  "preparing.way-tcp": "Direkt, langsamer (TCP)",
  "preparing.way-relay": "Über ein Relais (TURN)",
  "preparing.way.untried": "Nicht geprüft",
  "preparing.way.trying": "Wird geprüft",
  "preparing.way.open": "Kommt durch",
  "preparing.way.shut": "Kommt nicht durch",
  "preparing.way.none": "Hat dieser Server nicht",
  "preparing.network-good": "Bild und Ton kommen durch.",
  "preparing.network-slower": "Bild und Ton kommen durch, auf einem langsameren Weg.",
  "preparing.network-bad":
    "Nichts kommt durch. Vielleicht liegt eine Firewall dazwischen. Versuchen Sie ein anderes Netz, oder fragen Sie, wer dieses betreibt.",
  "preparing.network-away": "Der Server antwortet gerade nicht. Versuchen Sie es in einer Minute noch einmal.",
  "preparing.allow-chromium":
    "Drücken Sie auf das Zeichen am Anfang der Adresszeile und schalten Sie Kamera und Mikrofon ein. Dann noch einmal versuchen.",
  "preparing.allow-firefox":
    "Drücken Sie in der Adresszeile auf die durchgestrichene Kamera oder das Mikrofon und heben Sie die Sperre auf. Dann noch einmal versuchen.",
  "preparing.allow-safari":
    "Öffnen Sie im Menü Safari die Einstellungen für diese Website und erlauben Sie Kamera und Mikrofon. Dann noch einmal versuchen.",
  "preparing.allow-chromium-phone":
    "Drücken Sie auf das Zeichen in der Adresszeile, öffnen Sie die Berechtigungen und erlauben Sie Kamera und Mikrofon. Dann noch einmal versuchen.",
  "preparing.allow-firefox-phone":
    "Drücken Sie auf das Zeichen in der Adresszeile, dann auf das Gesperrte, und versuchen Sie es noch einmal.",
  "preparing.allow-safari-phone":
    "Drücken Sie auf das Seitenzeichen in der Adresszeile, öffnen Sie die Website-Einstellungen und erlauben Sie Kamera und Mikrofon. Dann noch einmal versuchen.",
  "preparing.allow-other":
    "Erlauben Sie Kamera und Mikrofon in den Einstellungen des Browsers für diese Seite. Dann noch einmal versuchen.",
  "preparing.sound-only": "Nur mit Ton weiter",
}
