/** What each state says and offers. Every failure: what happened, what it means, what to do. */

import type { Say } from "../i18n/words.ts"
import type { StateAction, StateView } from "../view/state.ts"

/** Drawn by the card; the first four are the mark's states and a large sign. */
export type CardSign =
  | "mark-closed"
  | "mark-open"
  | "mark-fallen"
  | "camera"
  | "browser"
  | "unplug"
  | "people"
  | "door"
  | "link"
  | "nothing"
  | "server"
  | "tabs"
  | "pause"
  | "alert"

export interface CardButton {
  readonly action: StateAction
  readonly label: string
  readonly look: "primary" | "usual" | "danger"
}

export interface Card {
  readonly sign: CardSign
  readonly title: string
  readonly text: readonly string[]
  /** Numbered things to do; the first may show the address bar's sign. */
  readonly steps?: readonly string[]
  readonly address?: string
  /** A line that changes, read out politely, with the share of the wait that has passed. */
  readonly progress?: { readonly text: string; readonly share?: number }
  readonly buttons: readonly CardButton[]
  /** Read out at once rather than politely. */
  readonly isAlert: boolean
}

const plain = { isAlert: false } as const
const alarm = { isAlert: true } as const

/** Decides a card. Total: a new state without words is a type error. */
export function cardOf(view: StateView, say: Say): Card {
  const primary = (action: StateAction, label: string): CardButton => ({ action, label, look: "primary" })
  const usual = (action: StateAction, label: string): CardButton => ({ action, label, look: "usual" })
  const leave: CardButton = { action: "leave", label: say("action.leave"), look: "usual" }
  const toStart = primary("back-to-start", say("action.back-to-start"))
  const toStartToo: CardButton = { ...toStart, look: "usual" }
  const tryNow = primary("retry", say("action.retry"))
  const wait = { sign: "mark-open", buttons: [leave], ...plain } as const

  switch (view.kind) {
    case "connecting":
      return { ...wait, title: say("state.connecting"), text: [], progress: { text: say("state.connecting-what") } }
    case "making-room":
      return { ...wait, title: say("state.making-room"), text: [], progress: { text: say("state.making-room-what") }, buttons: [] }
    case "getting-keys":
      return {
        ...wait,
        title: say("state.getting-keys"),
        text: [say("state.getting-keys-what")],
        ...(view.isWaiting && { progress: { text: say("state.getting-keys-waiting") } }),
      }
    case "cut-off":
      return {
        sign: "unplug",
        title: say("state.cut-off"),
        text: [say("state.cut-off-what"), ...(view.kept === undefined ? [] : [say("state.cut-off-kept", { count: view.kept })])],
        progress: {
          text: view.retryIn === undefined ? say("state.cut-off-trying") : say("state.cut-off-retry", { count: view.retryIn }),
          ...(view.wait !== undefined && { share: view.wait }),
        },
        buttons: [tryNow, leave],
        ...alarm,
      }
    case "denied":
      return {
        sign: "camera",
        title: say(`state.denied.${view.device}`),
        text: [say(`state.denied.${view.device}-what`)],
        steps: [say(`state.denied.${view.device}-step`), say("state.denied.allow")],
        address: view.host,
        buttons: [primary("retry", say("action.try-again")), usual("join-without", say("action.join-without"))],
        ...plain,
      }
    case "unsupported": {
      const todo = view.missing === "secure-context" ? say("state.secure-todo") : say("state.unsupported-todo")
      const text = [say(`state.unsupported.${view.missing}`), todo]
      return { sign: "browser", title: say("state.unsupported"), text, buttons: [primary("copy-link", say("action.copy-link"))], ...plain }
    }
    case "cut-link":
      return {
        sign: "link",
        title: say("state.cut-link"),
        text: [say("state.cut-link-what"), say("state.cut-link-todo")],
        buttons: [toStart],
        ...plain,
      }
    case "wrong-link":
      return {
        sign: "link",
        title: say("state.wrong-link"),
        text: [say("state.wrong-link-what"), say("state.wrong-link-todo")],
        buttons: [toStart],
        ...plain,
      }
    case "unknown-room": {
      const text = [say("state.unknown-room-what"), say("state.unknown-room-todo")]
      return {
        sign: "nothing",
        title: say("state.unknown-room"),
        text,
        buttons: [primary("new-meeting", say("action.new-meeting")), toStartToo],
        ...plain,
      }
    }
    case "nowhere":
      return { sign: "nothing", title: say("state.nowhere"), text: [say("state.nowhere-what")], buttons: [toStart], ...plain }
    case "sign-in-needed": {
      const signIn = primary("log-in", say("entry.log-in"))
      return {
        sign: "people",
        title: say("entry.sign-in-needed"),
        text: [say("entry.sign-in-needed-what")],
        buttons: [signIn, toStartToo],
        ...plain,
      }
    }
    case "token-expired":
    case "token-void": {
      const text = [say(`entry.${view.kind}-what`), say("entry.token-todo")]
      const signIn = usual("log-in", say("entry.log-in"))
      return { sign: "link", title: say(`entry.${view.kind}`), text, buttons: [toStart, signIn], ...plain }
    }
    case "room-expired": {
      const text = [say("entry.room-expired-what"), say("entry.token-todo")]
      return { sign: "nothing", title: say("entry.room-expired"), text, buttons: [toStart], ...plain }
    }
    case "not-opened": {
      const what = view.topic === undefined ? say("entry.not-opened-what") : say("entry.not-opened-topic", { topic: view.topic })
      const progress = { text: say("entry.not-opened-trying") }
      return { ...wait, title: say("entry.not-opened"), text: [what], progress, buttons: [toStartToo] }
    }
    case "turned-away": {
      const text = [say("state.turned-away-what"), say("state.turned-away-todo")]
      const again = usual("rejoin", say("action.ask-to-come-in"))
      return { sign: "door", title: say("state.turned-away"), text, buttons: [toStart, again], ...alarm }
    }
    case "blocked":
      return {
        sign: "door",
        title: say("state.blocked"),
        text: [say("state.blocked-what"), say("state.blocked-todo")],
        buttons: [toStart],
        ...alarm,
      }
    case "link-replaced":
    case "link-expired":
      return {
        sign: "link",
        title: say(`state.${view.kind}`),
        text: [say(`state.${view.kind}-what`), say(`state.${view.kind}-todo`)],
        buttons: [toStart],
        ...plain,
      }
    case "room-locked": {
      const text = [say("state.room-locked-what"), say("state.room-locked-todo")]
      return {
        sign: "door",
        title: say("state.room-locked"),
        text,
        buttons: [primary("rejoin", say("action.try-again")), toStartToo],
        ...plain,
      }
    }
    case "needs-organisation": {
      const what = say("state.needs-organisation-what", { names: view.organisations.join(", ") })
      const signIn = view.canSignIn ? [primary("sign-in", say("action.sign-in")), toStartToo] : [toStart]
      const todo = view.canSignIn ? say("state.needs-organisation-todo") : say("state.needs-organisation-away")
      return { sign: "people", title: say("state.needs-organisation"), text: [what, todo], buttons: signIn, ...plain }
    }
    case "room-full": {
      const what = view.places === undefined ? say("state.room-full-what") : say("state.room-full-places", { places: view.places })
      return {
        sign: "people",
        title: say("state.room-full"),
        text: [what, say("state.room-full-todo")],
        buttons: [tryNow, leave],
        ...plain,
      }
    }
    case "ended": {
      const lasted = view.minutes < 1 ? say("state.lasted-short") : say("state.lasted", { count: view.minutes })
      return {
        sign: "mark-open",
        title: say("state.ended"),
        text: [`${lasted} ${say("state.wiped")}`],
        buttons: [toStart, usual("rejoin", say("action.rejoin"))],
        ...plain,
      }
    }
    case "ended-by-host": {
      const by = view.by === undefined ? say("doings.ended-by-someone") : say("doings.ended-by", { name: view.by })
      const lasted = view.minutes < 1 ? say("state.lasted-short") : say("state.lasted", { count: view.minutes })
      return {
        sign: "mark-open",
        title: say("doings.ended-by-host"),
        text: [by, `${lasted} ${say("state.wiped")}`],
        buttons: [toStart, usual("new-meeting", say("action.new-meeting"))],
        ...plain,
      }
    }
    case "left": {
      const inside = view.minutes < 1 ? [] : [say("state.left-what", { count: view.minutes })]
      return {
        sign: "mark-open",
        title: say("state.left"),
        text: [[...inside, say("state.wiped")].join(" ")],
        buttons: [toStart, usual("rejoin", say("action.rejoin"))],
        ...plain,
      }
    }
    case "removed": {
      const what = view.by === undefined ? say("state.removed-what") : say("state.removed-by", { name: view.by })
      return {
        sign: "door",
        title: say("state.removed"),
        text: [what, say("state.removed-todo")],
        buttons: [toStart, usual("rejoin", say("action.ask-again"))],
        ...alarm,
      }
    }
    case "removed-by-organisation":
      return {
        sign: "door",
        title: say("state.removed-organisation"),
        text: [say("state.removed-organisation-what"), say("state.removed-todo")],
        buttons: [toStart, usual("rejoin", say("action.ask-again"))],
        ...alarm,
      }
    case "dropped":
      return {
        sign: "unplug",
        title: say("state.dropped"),
        text: [say("state.dropped-what")],
        buttons: [primary("rejoin", say("action.rejoin")), toStartToo],
        ...alarm,
      }
    case "sfu-away": {
      const text = [say("state.sfu-away-what"), say("state.sfu-away-todo")]
      return { sign: "server", title: say("state.sfu-away"), text, buttons: [tryNow, leave], ...alarm }
    }
    case "other-tab":
      return {
        sign: "tabs",
        title: say("state.other-tab"),
        text: [say("state.other-tab-what")],
        buttons: [primary("move-here", say("action.move-here")), toStartToo],
        ...plain,
      }
    case "moved-away":
      return {
        sign: "tabs",
        title: say("state.moved-away"),
        text: [say("state.moved-away-what")],
        buttons: [primary("move-here", say("action.move-here")), toStartToo],
        ...plain,
      }
    case "wrong-version": {
      const text = [say("state.wrong-version-what"), say("state.wrong-version-todo")]
      return { sign: "server", title: say("state.wrong-version"), text, buttons: [primary("reload", say("action.reload"))], ...plain }
    }
    case "fork": {
      const what = view.name === undefined ? say("state.fork-what") : say("state.fork-with", { name: view.name })
      return {
        sign: "mark-fallen",
        title: say("state.fork"),
        text: [what, say("state.fork-todo")],
        buttons: [primary("leave", say("action.leave"))],
        ...alarm,
      }
    }
    case "media-paused": {
      const text = [say("state.media-paused-what", { count: view.seconds })]
      return {
        sign: "pause",
        title: say("state.media-paused"),
        text,
        progress: { text: say("state.media-paused-todo") },
        buttons: [leave],
        ...alarm,
      }
    }
    case "words-differ": {
      const text = [say("state.words-differ-what"), say("state.words-differ-todo")]
      return {
        sign: "mark-fallen",
        title: say("state.words-differ"),
        text,
        buttons: [primary("leave", say("action.leave")), usual("go-on", say("action.go-on"))],
        ...alarm,
      }
    }
    case "engine-broken":
      return {
        sign: "mark-fallen",
        title: say("state.engine-broken"),
        text: [say("state.engine-broken-what")],
        buttons: [primary("rejoin", say("action.rejoin")), toStartToo],
        ...alarm,
      }
    case "problem":
      return {
        sign: "alert",
        title: say(`problem.${view.code}.title`),
        text: [say(`problem.${view.code}.todo`)],
        buttons: [primary("retry", say("action.try-again")), toStartToo],
        ...alarm,
      }
  }
}
