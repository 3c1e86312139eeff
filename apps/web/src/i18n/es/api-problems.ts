/** What REST v1 refuses, to people. Spanish. */
import type { PartOf } from "../words.ts"
import type { apiProblems as english } from "../en/api-problems.ts"

export const apiProblems: PartOf<typeof english> = {
  "api-problem.invalid": "Algo en este formulario no es como debe ser.",
  "api-problem.not-signed-in": "La sesión ha terminado. Inicie sesión de nuevo para seguir.",
  "api-problem.denied": "Su rol no lo permite. Pida ayuda a quien administra su organización.",
  "api-problem.fresh-login-needed": "No se cambió nada. Para esto hay que mostrar de nuevo quién es.",
  "api-problem.friendly-url-taken": "Otra sala ya lleva ese nombre en su enlace. Elija otro.",
  "api-problem.people-are-inside": "Hay gente en la sala. Inténtelo cuando todos hayan salido.",
  "api-problem.no-call": "No hay ninguna llamada en esta sala.",
  "api-problem.login-refused": "La dirección o la contraseña no es correcta.",
  "api-problem.code-refused": "El código no es correcto o ya se usó. Espere al siguiente de la aplicación.",
  "api-problem.passkey-refused": "Esa llave de acceso no pertenece a ninguna cuenta de aquí. Use otra, o la contraseña.",
  "api-problem.ticket-used": "Eso tardó más de cinco minutos, o ya se hizo. Empiece de nuevo.",
  "api-problem.link-used": "Este enlace ya se usó, se retiró o es demasiado antiguo. Pida uno nuevo a quien se lo dio.",
  "api-problem.password-refused":
    "Hace falta otra contraseña: de 10 a 200 caracteres, que no sea de las primeras que se prueban ni su nombre o dirección.",
  "api-problem.email-taken": "Otra cuenta tiene esa dirección. Elija otra, o inicie sesión.",
  "api-problem.role-not-yours": "Ese rol no le corresponde darlo ni quitarlo.",
  "api-problem.last-owner": "No quedaría ningún propietario. Nombre antes a otra persona.",
  "api-problem.team-in-use": "El equipo aún tiene salas o claves. Muévalas o bórrelas antes.",
  "api-problem.no-authenticator-app": "Esta cuenta ya no tiene una aplicación de autenticación.",
  "api-problem.too-many-passkeys": "Ya hay bastantes llaves de acceso. Quite antes una.",
  "api-problem.too-many": "Demasiados intentos.",
  "api-problem.server-away": "El servidor no responde. Aquí no se perdió nada; inténtelo de nuevo en un momento.",
  "api-problem.passkey-given-up": "No se mostró ninguna llave de acceso. Inténtelo de nuevo, o use la contraseña.",
  "api-problem.passkey-known": "Ese dispositivo ya tiene una llave de acceso para esta cuenta.",
  "api-problem.passkey-impossible":
    "Este navegador no puede usar llaves de acceso aquí. Hace falta una dirección con nombre que empiece por https.",
  "api-problem.no-such-room": "Esta sala no está, o no es para usted.",
  "api-problem.not-found": "Eso no está, o no es para usted. Quizá se borró entretanto.",
  "api-problem.stale-version": "Otra persona lo cambió entretanto. Cargue la página de nuevo y cámbielo después.",
  "api-problem.room-has-a-secret": "La sala se abre por su propio enlace. Los enlaces personales son para otras salas.",
  "api-problem.room-is-transport-only": "La sala está abierta al servidor. Séllela primero y haga después un enlace secreto.",
  "api-problem.room-expired": "El tiempo de la sala ha pasado. Dele primero otro fin.",
  "api-problem.endpoint-refused": "A esa dirección no se envía nada. Necesita https y un nombre al que todos lleguen.",
  "api-problem.too-many-webhooks": "El equipo tiene tantos webhooks como puede tener. Borre uno primero.",
  "api-problem.no-such-delivery": "Ese envío ya no se guarda.",
  "api-problem.other": "El servidor lo rechazó. Cargue la página de nuevo; si se repite, avise a quien lo administra.",
  "api-problem.later-seconds": {
    one: "Inténtelo de nuevo en {count} segundo.",
    other: "Inténtelo de nuevo en {count} segundos.",
  },
  "api-problem.later-minutes": {
    one: "Inténtelo de nuevo en {count} minuto.",
    other: "Inténtelo de nuevo en {count} minutos.",
  },
}
