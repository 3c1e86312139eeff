/** Notices of the system, for whoever has the call open and looks elsewhere. */

export type NoticePermission = "granted" | "denied" | "default" | "missing"

/** Phones have notices from service workers alone, which we have none of: there the browser throws, and we say `missing`. */
export function mayNotify(): NoticePermission {
  if (typeof Notification === "undefined") return "missing"
  return Notification.permission
}

/** L59: only in a person's own press on the switch. */
export async function askForNotices(): Promise<NoticePermission> {
  if (typeof Notification === "undefined") return "missing"
  return Notification.requestPermission()
}

/** L59: `title` and `body` never carry a name or a word of the call. A press brings the call to the front. */
export function notify(about: string, title: string, body: string): void {
  if (mayNotify() !== "granted") return
  try {
    const notice = new Notification(title, { body, tag: about, silent: true, icon: "/icon-192.png" })
    notice.onclick = () => {
      focus()
      notice.close()
    }
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
  }
}
