import type { calls as english } from "../../en/dashboard/calls.ts"
import type { PartOf } from "../../words.ts"

export const calls: PartOf<typeof english> = {
  "calls.title": "Llamadas en curso",
  "calls.why":
    "Aquí no hay nombres: están sellados, y este servidor no los conoce. Ve que hay alguien, con un nombre inventado para cada visita.",
  "calls.none": "No hay ninguna llamada",
  "calls.none-todo": "En cuanto haya alguien en una sala, se verá aquí.",
  "calls.room": "Una sala sin nombre",
  "calls.since": "Desde {when}",
  "calls.since-before": "De antes del arranque del servidor",
  "calls.inside": { one: "{count} dentro", other: "{count} dentro" },
  "calls.waiting": { one: "{count} espera", other: "{count} esperan" },
  "calls.who": "Quién está dentro",
  "calls.pseudonym": "Nombre inventado",
  "calls.came": "Llegó",
  "calls.state": "Conexión",
  "calls.connected": "Conectado",
  "calls.cut-off": "Cortado",
  "calls.remove": "Hacer expulsar",
  "calls.remove-title": "¿Hacer expulsar a {name}?",
  "calls.remove-what":
    "Esto pide a los dispositivos de dentro que expulsen a esa persona y cambien las claves. El servidor no puede hacerlo por sí mismo. Todos leen que lo pidió la organización.",
  "calls.remove-asked": "Pedido. Lo hacen los dispositivos de dentro.",
  "calls.end": "Terminar la llamada",
  "calls.end-title": "¿Terminar la llamada en {name}?",
  "calls.end-what":
    "El servidor ya no transporta nada de ella; todos quedan fuera al momento. Nadie pierde claves: quien tiene el enlace puede empezar otra después.",
  "calls.end-closed": "Nadie vuelve durante",
  "calls.end-closed.60": "Un minuto",
  "calls.end-closed.600": "Diez minutos",
  "calls.end-closed.3600": "Una hora",
  "calls.end-yes": "Terminar",
  "calls.refresh": "Mirar de nuevo",
}
