/** What a person can press, as one object that never changes. Each act is one line; what it means is in visit.ts. */

import type { NoticeView } from "../view/call.ts"
import type { RoomActions } from "../view/room.ts"
import type { StateAction } from "../view/state.ts"
import type { Doings } from "./doings.ts"
import type { OwnMedia } from "./own-media.ts"
import { settings } from "./settings-store.ts"

/** The acts that concern more than devices. */
export interface Acts {
  readonly changed: () => void
  readonly typeName: (name: string) => void
  readonly checkNetwork: () => void
  readonly vouch: (id: string) => void
  readonly join: () => void
  readonly chooseSpeaker: (id: string) => void
  readonly toggle: (device: "camera" | "microphone") => void
  readonly toggleShare: () => void
  readonly copyLink: () => void
  readonly copyDetails: () => void
  readonly givePassword: (text: string) => void
  readonly show: RoomActions["call"]["show"]
  readonly setAudioOnly: (isAudioOnly: boolean) => void
  readonly leave: () => void
  readonly endForAll: () => void
  readonly answer: (notice: NoticeView, answer: "retry" | "dismiss") => void
  readonly compare: (doMatch: boolean) => void
  readonly verify: (id: string) => void
  readonly forgetVerified: (id: string) => void
  readonly revokeDevice: (id: string) => void
  readonly act: (action: StateAction) => void
}

interface OtherActs extends Pick<RoomActions, "door" | "people" | "rules"> {
  readonly doings: Doings["acts"]
}

/** The rest are what hosts and co-hosts press (hosting.ts), and what people do with each other (doings.ts). */
export function roomActions(media: OwnMedia, acts: Acts, { doings, ...hosting }: OtherActs): RoomActions {
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
      chooseBackground: (background) => {
        settings.change({ background })
      },
      keepOwnBackground: (file) => void media.keepOwnBackground(file),
      checkNetwork: acts.checkNetwork,
      askAgain: () => void media.askAgain(),
      goOnWithSound: () => {
        media.turnOff("camera")
      },
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
      toggleCamera: () => {
        acts.toggle("camera")
      },
      toggleShare: acts.toggleShare,
      show: acts.show,
      setAudioOnly: acts.setAudioOnly,
      ...doings,
      endForAll: acts.endForAll,
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
      verify: acts.verify,
      forgetVerified: acts.forgetVerified,
      revokeDevice: acts.revokeDevice,
      copyDetails: acts.copyDetails,
    },
    password: { give: acts.givePassword, leave: acts.leave },
    ...hosting,
    state: { act: acts.act },
  }
}
