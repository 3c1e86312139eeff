import type { entry as english } from "../en/entry.ts"
import type { PartOf } from "../words.ts"

/** Rooms that their server opens: coming in, and what is said of them. Spanish. */
export const entry: PartOf<typeof english> = {
  "entry.log-in": "Iniciar sesión",
  "entry.sign-in-needed": "Esta sala es para personas de este servidor",
  "entry.sign-in-needed-what": "Inicie sesión con su cuenta, o venga por un enlace que tenga un token para usted.",
  "entry.token-expired": "El tiempo de este enlace terminó",
  "entry.token-expired-what": "Dejaba entrar hasta un momento determinado, que ya pasó.",
  "entry.token-void": "Este enlace no deja entrar a nadie",
  "entry.token-void-what": "Su token no es válido, o fue retirado.",
  "entry.token-todo": "Pida un enlace nuevo a quien le invitó.",
  "entry.room-expired": "Esta sala llegó a su fin",
  "entry.room-expired-what": "Quien la creó fijó un momento a partir del cual nadie entra.",
  "entry.not-opened": "La sala aún no está abierta",
  "entry.not-opened-what": "Primero tiene que venir alguien que modere. Después se sigue solo.",
  "entry.not-opened-topic": "«{topic}» aún no está abierta: primero tiene que venir alguien que modere. Después se sigue solo.",
  "entry.not-opened-trying": "Se vuelve a mirar cada pocos segundos. Puede dejar esta página abierta.",
  "entry.identity": "Sellada. Esta sala se abre por quién es usted",
  "entry.identity-provider":
    "{names} dice aquí quién es quién, y cada dispositivo lo comprueba por sí mismo. El servidor no puede verle ni oírle.",
  "entry.identity-server": "Este servidor dice aquí quién es quién, y podría equivocarse. No puede verle ni oírle.",
  "entry.transport": "Esta sala está abierta al servidor",
  "entry.transport-what": "Quien lo administra puede verlo, oírlo y leerlo todo. Para hablar en privado, cree una sala sellada.",
  "entry.account": "Los demás leen «{name}»; este servidor da fe de ello.",
  "entry.sees-identity": "Lo que este servidor puede ver: quién viene, cuándo y desde qué dirección. Nada de lo que diga o muestre.",
  "entry.sees-identity-what": "su dirección de red, su nombre, quién deja entrar a quién, cuándo viene y se va, cuántos datos pasan.",
  "entry.sees-identity-not": "imágenes, voces, pantallas compartidas.",
  "entry.sees-transport": "Lo que este servidor puede ver: todo lo que diga y muestre aquí, quién es, cuándo vino y desde qué dirección.",
  "entry.sees-transport-what": "imágenes, voces, pantallas compartidas, su nombre, su dirección de red, cuándo viene y se va.",
  "entry.open-seal": "Abierta al servidor",
  "entry.kind-identity": "Sellada por identidad",
  "entry.kind-identity-provider": "{names} dice aquí quién es quién; este dispositivo lo comprueba por sí mismo.",
  "entry.kind-identity-server": "Este servidor dice aquí quién es quién, y podría equivocarse. Compare las palabras para estar seguro.",
  "entry.kind-host": "Quien abrió la sala es su anfitrión; qué dispositivo es, lo dijo este servidor.",
  "entry.server-has-key": "Tiene todas las claves",
  "entry.door-what": "Las personas de dentro saben que está aquí. Una de ellas puede dejarle entrar.",
}
