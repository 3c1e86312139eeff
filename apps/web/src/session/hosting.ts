/** What hosts and co-hosts press, as facts for the machine. It decides whether they may; so does every member (D8.11 to D8.14). */

import type { Fact, InView, Issuer } from "@conclave/call"
import type { MemberId } from "@conclave/wire"
import type { RoomActions } from "../view/room.ts"
import { editOfAct, editOfRule } from "./room-rules.ts"

export interface HostingParts {
  /** The call as it is now; undefined outside one. */
  readonly view: () => InView | undefined
  readonly say: (fact: Fact) => void
  /** What this server is set up with (D19). */
  readonly offered: () => readonly Issuer[]
  /** A new link was asked for. */
  readonly linkWished: () => void
  /** For the key worker: it keeps the text, and the rules change once it has it (D18.9). */
  readonly choosePassword: (text: string) => void
}

/** Acts at the door, on people and on rules. Outside a call they do nothing. */
export function hostingActs({
  view,
  say,
  offered,
  linkWished,
  choosePassword,
}: HostingParts): Pick<RoomActions, "door" | "people" | "rules"> {
  const leafOf = (id: string) => view()?.members.find(({ member }) => member === id)?.leaf
  const refuse = (id: string, isBlocked: boolean): void => {
    say({ type: "refuse-asked", member: memberOf(id), isBlocked })
  }
  return {
    door: {
      admit: (id) => {
        say({ type: "admit-asked", members: [memberOf(id)] })
      },
      // By name: whoever comes to the door during the press was not meant.
      admitAll: () => {
        say({ type: "admit-asked", members: view()?.atDoor.map(({ member }) => member) ?? [] })
      },
      refuse: (id) => {
        refuse(id, false)
      },
      block: (id) => {
        refuse(id, true)
      },
    },
    people: {
      act: (id, act) => {
        const leaf = leafOf(id)
        if (leaf === undefined) return
        say(act === "remove" ? { type: "remove-asked", leaf } : { type: "policy-asked", edit: editOfAct(act, leaf) })
      },
      unblock: (device) => {
        say({ type: "unblock-asked", device })
      },
      takeOver: () => {
        say({ type: "policy-asked", edit: { takeOver: true } })
      },
    },
    rules: {
      edit: (edit) => {
        const policy = view()?.policy
        if (policy !== undefined) say({ type: "policy-asked", edit: editOfRule(edit, { now: Date.now(), policy, offered: offered() }) })
      },
      replaceLink: () => {
        linkWished()
        say({ type: "policy-asked", edit: { newSecret: true } })
      },
      setPassword: (text) => {
        if (text === undefined) say({ type: "policy-asked", edit: { set: "password", to: false } })
        else choosePassword(text)
      },
    },
  }
}

/** Views name people by the pseudonym they got from us. */
const memberOf = (id: string): MemberId => id as MemberId
