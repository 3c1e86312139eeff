import type { calls as english } from "../../en/dashboard/calls.ts"
import type { PartOf } from "../../words.ts"

export const calls: PartOf<typeof english> = {
  "calls.title": "Appels en cours",
  "calls.why":
    "Il n’y a pas de noms ici : ils sont scellés, et ce serveur ne les connaît pas. Il voit que quelqu’un est là, sous un nom inventé à chaque venue.",
  "calls.none": "Aucun appel en cours",
  "calls.none-todo": "Dès que quelqu’un est dans une salle, cela s’affiche ici.",
  "calls.room": "Une salle sans nom",
  "calls.since": "Depuis {when}",
  "calls.since-before": "D’avant le démarrage du serveur",
  "calls.inside": { one: "{count} à l’intérieur", other: "{count} à l’intérieur" },
  "calls.waiting": { one: "{count} attend", other: "{count} attendent" },
  "calls.who": "Qui est là",
  "calls.pseudonym": "Nom inventé",
  "calls.came": "Venue",
  "calls.state": "Connexion",
  "calls.connected": "Connecté",
  "calls.cut-off": "Coupé",
  "calls.remove": "Faire exclure",
  "calls.remove-title": "Faire exclure {name} ?",
  "calls.remove-what":
    "Cela demande aux appareils à l’intérieur d’exclure cette personne et de changer les clés. Le serveur ne peut pas le faire lui-même. Tous lisent que l’organisation l’a demandé.",
  "calls.remove-asked": "Demandé. Les appareils à l’intérieur s’en chargent.",
  "calls.end": "Terminer l’appel",
  "calls.end-title": "Terminer l’appel dans {name} ?",
  "calls.end-what":
    "Le serveur n’en transporte plus rien ; tous sont dehors aussitôt. Personne ne perd de clé : qui a le lien peut recommencer ensuite.",
  "calls.end-closed": "Personne ne revient pendant",
  "calls.end-closed.60": "Une minute",
  "calls.end-closed.600": "Dix minutes",
  "calls.end-closed.3600": "Une heure",
  "calls.end-yes": "Terminer",
  "calls.refresh": "Regarder de nouveau",
}
