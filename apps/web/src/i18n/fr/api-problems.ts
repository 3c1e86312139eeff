/** What REST v1 refuses, to people. French. */
import type { PartOf } from "../words.ts"
import type { apiProblems as english } from "../en/api-problems.ts"

export const apiProblems: PartOf<typeof english> = {
  "api-problem.invalid": "Quelque chose dans ce formulaire n’est pas comme il faut.",
  "api-problem.not-signed-in": "La session a pris fin. Reconnectez-vous pour continuer.",
  "api-problem.denied": "Votre rôle ne le permet pas. Demandez à un admin de votre organisation.",
  "api-problem.fresh-login-needed": "Rien n’a changé. Il faut d’abord prouver à nouveau votre identité.",
  "api-problem.friendly-url-taken": "Une autre salle porte déjà ce nom dans son lien. Choisissez-en un autre.",
  "api-problem.people-are-inside": "Il y a du monde dans la salle. Réessayez quand tous seront partis.",
  "api-problem.no-call": "Aucun appel n’est en cours dans cette salle.",
  "api-problem.login-refused": "L’adresse ou le mot de passe n’est pas le bon.",
  "api-problem.code-refused": "Le code n’est pas le bon ou a déjà servi. Attendez le suivant de l’application.",
  "api-problem.passkey-refused": "Cette clé d’accès n’appartient à aucun compte ici. Utilisez-en une autre, ou le mot de passe.",
  "api-problem.ticket-used": "Cela a pris plus de cinq minutes, ou a déjà été fait. Recommencez.",
  "api-problem.link-used": "Ce lien a servi, a été retiré ou est trop ancien. Demandez-en un nouveau à la personne qui vous l’a donné.",
  "api-problem.password-refused":
    "Il faut un autre mot de passe : de 10 à 200 caractères, pas l’un de ceux que l’on essaie d’abord, ni votre nom ou votre adresse.",
  "api-problem.email-taken": "Un autre compte a cette adresse. Choisissez-en une autre, ou connectez-vous.",
  "api-problem.role-not-yours": "Ce rôle n’est pas à vous de donner ou de retirer.",
  "api-problem.last-owner": "Il n’y aurait plus de propriétaire. Nommez-en d’abord un autre.",
  "api-problem.team-in-use": "L’équipe a encore des salles ou des clés. Déplacez-les ou supprimez-les d’abord.",
  "api-problem.no-authenticator-app": "Ce compte n’a plus d’application d’authentification.",
  "api-problem.too-many-passkeys": "Il y a assez de clés d’accès. Retirez-en d’abord une.",
  "api-problem.too-many": "Trop d’essais.",
  "api-problem.server-away": "Le serveur ne répond pas. Rien n’est perdu ici ; réessayez dans un instant.",
  "api-problem.passkey-given-up": "Aucune clé d’accès n’a été présentée. Réessayez, ou utilisez le mot de passe.",
  "api-problem.passkey-known": "Cet appareil a déjà une clé d’accès pour ce compte.",
  "api-problem.passkey-impossible":
    "Ce navigateur ne peut pas utiliser de clés d’accès ici. Il faut une adresse avec un nom, qui commence par https.",
  "api-problem.no-such-room": "Cette salle n’est pas là, ou n’est pas pour vous.",
  "api-problem.not-found": "Cela n’est pas là, ou n’est pas pour vous. Peut-être a-t-il été supprimé entre-temps.",
  "api-problem.stale-version": "Quelqu’un d’autre a modifié cela entre-temps. Rechargez la page, puis modifiez.",
  "api-problem.room-has-a-secret": "La salle s’ouvre par son propre lien. Les liens personnels sont pour d’autres salles.",
  "api-problem.room-is-transport-only": "La salle est ouverte au serveur. Scellez-la d’abord, puis créez un lien secret.",
  "api-problem.room-expired": "Le temps de la salle est passé. Donnez-lui d’abord une autre fin.",
  "api-problem.endpoint-refused": "Rien n’est envoyé à cette adresse. Il faut https et un nom que tous peuvent joindre.",
  "api-problem.too-many-webhooks": "L’équipe a autant de webhooks qu’il se peut. Supprimez-en un d’abord.",
  "api-problem.no-such-delivery": "Cet envoi n’est plus gardé.",
  "api-problem.other": "Le serveur a refusé. Rechargez la page ; si cela se répète, prévenez la personne qui le gère.",
  "api-problem.later-seconds": {
    one: "Réessayez dans {count} seconde.",
    other: "Réessayez dans {count} secondes.",
  },
  "api-problem.later-minutes": {
    one: "Réessayez dans {count} minute.",
    other: "Réessayez dans {count} minutes.",
  },
}
