import { CircleAlert, Info } from "lucide-react"
import type { Key, Say } from "../i18n/words.ts"
import { useWords } from "../i18n/use-words.ts"
import type { CallActions, NoticeView } from "../view/call.ts"

interface NoticeWords {
  readonly title: string
  readonly todo: string
  /** The button that answers it; undefined: it goes by itself. */
  readonly retry?: string
  readonly isAlert: boolean
}

/** The first of the lasting troubles, on the strip's start edge. Never takes focus, never times out. */
export function Notice({ notices, actions }: { notices: readonly NoticeView[]; actions: CallActions }) {
  const say = useWords()
  const [notice] = notices
  return (
    <div role="status">
      {notice !== undefined && <Prompt notice={notice} words={noticeWords(notice, say)} actions={actions} say={say} />}
    </div>
  )
}

function Prompt({ notice, words, actions, say }: { notice: NoticeView; words: NoticeWords; actions: CallActions; say: Say }) {
  const Icon = words.isAlert ? CircleAlert : Info
  return (
    <section className={words.isAlert ? "prompt alert" : "prompt"}>
      <Icon className="icon" aria-hidden="true" />
      <div>
        <h2>{words.title}</h2>
        <p>{words.todo}</p>
      </div>
      <div className="actions">
        {words.retry !== undefined && (
          <button type="button" className="button primary" onClick={() => actions.answer(notice, "retry")}>
            {words.retry}
          </button>
        )}
        {!goesByItself(notice) && (
          <button type="button" className="button" onClick={() => actions.answer(notice, "dismiss")}>
            {say("notice.dismiss")}
          </button>
        )}
      </div>
    </section>
  )
}

/** Nothing to close: it stands until what it says is over. */
const goesByItself = ({ kind }: NoticeView): boolean => kind === "sound-blocked" || kind === "sfu-away" || kind === "server-away"

/** What a notice says. Alerts are where somebody may be doing something to the call. */
export function noticeWords(notice: NoticeView, say: Say): NoticeWords {
  const words = (title: Key, todo: Key) => ({ title: say(title as "notice.dismiss"), todo: say(todo as "notice.dismiss") })
  const again = say("notice.again")
  switch (notice.kind) {
    case "sound-blocked":
      return { ...words("notice.sound-blocked", "notice.sound-blocked-todo"), retry: say("notice.sound-blocked-do"), isAlert: false }
    case "camera-denied":
    case "microphone-denied":
    case "camera-missing":
    case "microphone-missing":
    case "share-failed":
      return { ...words(`notice.${notice.kind}`, `notice.${notice.kind}-todo`), retry: again, isAlert: false }
    case "device-busy":
      return { ...words(`notice.${notice.device}-busy`, "notice.busy-todo"), retry: again, isAlert: false }
    case "sfu-away":
    case "founded-anew":
      return { ...words(`notice.${notice.kind}`, `notice.${notice.kind}-todo`), isAlert: false }
    case "background-failed":
      return { ...words("preparing.background-failed", "preparing.background-failed-todo"), retry: again, isAlert: false }
    case "noise-failed":
      return { ...words("preparing.noise-failed", "preparing.noise-failed-todo"), isAlert: false }
    case "server-away":
      return { ...words("statistics.server-away", "statistics.server-away-todo"), isAlert: false }
    case "weak-network":
      return { ...words("statistics.weak-network", "statistics.weak-network-todo"), retry: say("doings.audio-only"), isAlert: false }
    case "refused-add":
      return { ...words("notice.refused-add", "notice.refused-add-todo"), isAlert: true }
    case "refused-commit": {
      const title = say(`notice.refused-commit.${notice.what}`, { name: notice.by ?? say("notice.refused-commit-someone") })
      return { title, todo: say("notice.refused-commit-todo"), isAlert: true }
    }
    case "listener":
    case "share-hosts-only": {
      const names = notice.hosts.join(", ")
      const todo = names === "" ? say(`notice.${notice.kind}-todo`) : say(`notice.${notice.kind}-ask`, { names })
      return { title: say(`notice.${notice.kind}`), todo, isAlert: false }
    }
    case "media-paused":
      return { title: say("notice.media-paused"), todo: say("notice.media-paused-todo", { count: notice.seconds }), isAlert: true }
  }
}
