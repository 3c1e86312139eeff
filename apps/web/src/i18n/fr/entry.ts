import type { entry as english } from "../en/entry.ts"
import type { PartOf } from "../words.ts"

/** Rooms that their server opens: coming in, and what is said of them. French. */
export const entry: PartOf<typeof english> = {
  "entry.log-in": "Se connecter",
  "entry.sign-in-needed": "Cette salle est pour les personnes de ce serveur",
  "entry.sign-in-needed-what": "Connectez-vous avec votre compte, ou venez par un lien qui contient un jeton pour vous.",
  "entry.token-expired": "Le temps de ce lien est passé",
  "entry.token-expired-what": "Il laissait entrer jusqu’à un certain moment, qui est passé.",
  "entry.token-void": "Ce lien ne laisse entrer personne",
  "entry.token-void-what": "Son jeton n’est pas valable, ou il a été retiré.",
  "entry.token-todo": "Demandez un nouveau lien à qui vous a invité.",
  "entry.room-expired": "Cette salle est arrivée à son terme",
  "entry.room-expired-what": "Qui l’a créée a fixé un moment après lequel plus personne n’entre.",
  "entry.not-opened": "La salle n’est pas encore ouverte",
  "entry.not-opened-what": "Une personne qui modère doit venir d’abord. La suite se fera d’elle-même.",
  "entry.not-opened-topic":
    "« {topic} » n’est pas encore ouverte : une personne qui modère doit venir d’abord. La suite se fera d’elle-même.",
  "entry.not-opened-trying": "Nouvel essai toutes les quelques secondes. Vous pouvez laisser cette page ouverte.",
  "entry.identity": "Scellée. Cette salle s’ouvre par qui vous êtes",
  "entry.identity-provider":
    "{names} dit ici qui est qui, et chaque appareil le vérifie lui-même. Le serveur ne peut ni vous voir ni vous entendre.",
  "entry.identity-server": "Ce serveur dit ici qui est qui, et pourrait se tromper. Il ne peut ni vous voir ni vous entendre.",
  "entry.transport": "Cette salle est ouverte au serveur",
  "entry.transport-what": "Qui l’exploite peut tout voir, tout entendre et tout lire. Pour parler en privé, créez une salle scellée.",
  "entry.account": "Les autres lisent « {name} », garanti par ce serveur.",
  "entry.sees-identity": "Ce que ce serveur peut voir : qui vient, quand et depuis quelle adresse. Rien de ce que vous dites ou montrez.",
  "entry.sees-identity-what":
    "votre adresse réseau, votre nom, qui laisse entrer qui, quand vous venez et partez, combien de données passent.",
  "entry.sees-identity-not": "les images, les voix, les écrans partagés.",
  "entry.sees-transport":
    "Ce que ce serveur peut voir : tout ce que vous dites et montrez ici, qui vous êtes, quand vous êtes venu et depuis quelle adresse.",
  "entry.sees-transport-what": "les images, les voix, les écrans partagés, votre nom, votre adresse réseau, quand vous venez et partez.",
  "entry.open-seal": "Ouvert au serveur",
  "entry.kind-identity": "Scellée par identité",
  "entry.kind-identity-provider": "{names} dit ici qui est qui ; cet appareil le vérifie lui-même.",
  "entry.kind-identity-server": "Ce serveur dit ici qui est qui, et pourrait se tromper. Comparez les mots pour être sûr.",
  "entry.kind-host": "Qui a ouvert la salle en est l’hôte ; quel appareil c’est, ce serveur l’a dit.",
  "entry.server-has-key": "A toutes les clés",
  "entry.door-what": "Les personnes à l’intérieur savent que vous êtes là. L’une d’elles peut vous faire entrer.",
}
