/** What a person can press, as one object that never changes. Each act is one line; what it means is in visit.ts. */

import type { MemberId } from "@conclave/wire"
import type { NoticeView } from "../view/call.ts"
import type { RoomActions } from "../view/room.ts"
import type { StateAction } from "../view/state.ts"
import type { OwnMedia } from "./own-media.ts"

/** The acts that concern more than devices. */
export interface Acts {
  readonly changed: () => void
  readonly typeName: (name: string) => void
  readonly vouch: (id: string) => void
  readonly join: () => void
  readonly chooseSpeaker: (id: string) => void
  readonly toggle: (device: "camera" | "microphone") => void
  readonly toggleShare: () => void
  readonly copyLink: () => void
  readonly copyDetails: () => void
  readonly leave: () => void
  readonly answer: (notice: NoticeView, answer: "retry" | "dismiss") => void
  readonly compare: (doMatch: boolean) => void
  readonly remove: (member: MemberId) => void
  readonly act: (action: StateAction) => void
}

export function roomActions(media: OwnMedia, acts: Acts): RoomActions {
  return {
    lobby: {
      typeName: (name) => {
        acts.typeName(name)
        acts.changed()
      },
      toggleCamera: () => void media.toggle("camera"),
      toggleMicrophone: () => void media.toggle("microphone"),
      chooseCamera: (id) => void media.choose("camera", id),
      chooseMicrophone: (id) => void media.choose("microphone", id),
      chooseSpeaker: (id) => {
        media.chooseSpeaker(id)
        acts.chooseSpeaker(id)
      },
      testSpeaker: () => void media.testSpeaker(),
      askAgain: () => void media.start(),
      vouch: acts.vouch,
      join: acts.join,
      joinWithoutDevices: () => {
        media.turnOff("camera")
        media.turnOff("microphone")
        acts.join()
      },
      copyLink: acts.copyLink,
    },
    call: {
      toggleMicrophone: () => {
        acts.toggle("microphone")
      },
      toggleCamera: () => {
        acts.toggle("camera")
      },
      toggleShare: acts.toggleShare,
      copyLink: acts.copyLink,
      leave: acts.leave,
      answer: acts.answer,
    },
    security: {
      wordsMatch: () => {
        acts.compare(true)
      },
      wordsDiffer: () => {
        acts.compare(false)
      },
      verify: () => undefined,
      forgetVerified: () => undefined,
      revokeDevice: () => undefined,
      copyDetails: acts.copyDetails,
    },
    door: { admit: () => undefined, admitAll: () => undefined, refuse: () => undefined, block: () => undefined },
    people: {
      act: (id, act) => {
        if (act === "remove") acts.remove(id as MemberId)
      },
      unblock: () => undefined,
      takeOver: () => undefined,
    },
    rules: { edit: () => undefined, replaceLink: () => undefined },
    state: { act: acts.act },
  }
}
