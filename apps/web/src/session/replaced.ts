/** Furnishings that were found replaced by others (D39.39), for this tab: a page does not go back to one, however often it is told to. */

const key = "conclave.replaced"
const most = 20

/** Remembers one. */
export function setReplaced(room: string): void {
  try {
    sessionStorage.setItem(key, [...replaced(), room].slice(-most).join(" "))
  } catch {
    // Without storage the page asks again and again, a few seconds apart.
  }
}

export const isReplaced = (room: string): boolean => replaced().includes(room)

function replaced(): readonly string[] {
  try {
    return (sessionStorage.getItem(key) ?? "").split(" ")
  } catch {
    return []
  }
}
