import type { preparing as english } from "../en/preparing.ts"
import type { PartOf } from "../words.ts"

/** Before the call: background, noise, network check, help with permissions. Spanish. */
export const preparing: PartOf<typeof english> = {
  "preparing.background": "Fondo",
  "preparing.background-none": "Tal cual",
  "preparing.background-blur": "Desenfocado",
  "preparing.background-wall": "Pared",
  "preparing.background-shelf": "Estantería",
  "preparing.background-hills": "Colinas",
  "preparing.background-arches": "Arcos",
  "preparing.background-own": "Su imagen",
  "preparing.background-choose": "Elegir una imagen",
  "preparing.background-kept": "Se hace en este dispositivo, antes de sellar su imagen. Su propia imagen nunca sale de él.",
  "preparing.background-starting": "Empezando. Hasta que funcione, nadie recibe imagen.",
  "preparing.background-failed": "No se puede ocultar su fondo",
  "preparing.background-failed-todo":
    "Por eso su cámara está apagada, y nadie ve su habitación. Inténtelo de nuevo, o muestre el fondo tal cual.",
  "preparing.background-unavailable": "Este navegador no puede ocultar un fondo.",
  "preparing.noise": "Ruido",
  "preparing.noise-off": "Dejarlo",
  "preparing.noise-browser": "Lo que hace el navegador",
  "preparing.noise-browser-what": "Quita el ruido constante.",
  "preparing.noise-strong": "Dejar solo la voz",
  "preparing.noise-strong-what": "Se hace en este dispositivo. Gasta un poco más.",
  "preparing.noise-failed": "No se quita el ruido",
  "preparing.noise-failed-todo": "Los demás le oyen como su micrófono. No hay nada que hacer.",
  "preparing.network": "Red",
  "preparing.network-what": "Averigua si la imagen y el sonido pueden llegar desde aquí a este servidor.",
  "preparing.network-try": "Probar la red",
  "preparing.network-trying": "Probando",
  "preparing.way-udp": "Directo, rápido (UDP)",
  "preparing.way-tcp": "Directo, más lento (TCP)",
  "preparing.way-relay": "Por relé (TURN)",
  "preparing.way.untried": "Sin probar",
  "preparing.way.trying": "Probando",
  "preparing.way.open": "Pasa",
  "preparing.way.shut": "No pasa",
  "preparing.way.none": "Este servidor no tiene",
  "preparing.network-good": "La imagen y el sonido pueden pasar.",
  "preparing.network-slower": "La imagen y el sonido pueden pasar, por un camino más lento.",
  "preparing.network-bad": "No pasa nada. Puede haber un cortafuegos en medio. Pruebe otra red, o pregunte a quien administra esta.",
  "preparing.network-away": "El servidor no responde ahora. Inténtelo de nuevo en un minuto.",
  "preparing.allow-chromium":
    "Pulse el símbolo al principio de la barra de direcciones y active la cámara y el micrófono. Después inténtelo de nuevo.",
  "preparing.allow-firefox":
    "Pulse la cámara o el micrófono tachado en la barra de direcciones y quite el bloqueo. Después inténtelo de nuevo.",
  "preparing.allow-safari":
    "En el menú Safari, abra los ajustes de este sitio web y permita la cámara y el micrófono. Después inténtelo de nuevo.",
  "preparing.allow-chromium-phone":
    "Pulse el símbolo de la barra de direcciones, abra los permisos y permita la cámara y el micrófono. Después inténtelo de nuevo.",
  "preparing.allow-firefox-phone": "Pulse el símbolo de la barra de direcciones, después lo que está bloqueado, e inténtelo de nuevo.",
  "preparing.allow-safari-phone":
    "Pulse el símbolo de página en la barra de direcciones, abra los ajustes del sitio web y permita la cámara y el micrófono. Después inténtelo de nuevo.",
  "preparing.allow-other": "Permita la cámara y el micrófono para esta página en los ajustes del navegador. Después inténtelo de nuevo.",
  "preparing.sound-only": "Seguir solo con sonido",
}
