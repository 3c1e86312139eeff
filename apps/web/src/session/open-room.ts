import type { OpenRoom } from "../view/room.ts"

/** Begins a visit to a room. */
export const openRoom: OpenRoom = () => {
  const view = { screen: "state", state: { kind: "connecting" } } as const
  const nothing = (): void => undefined
  return {
    subscribe: () => nothing,
    view: () => view,
    close: nothing,
    actions: {
      lobby: {
        typeName: nothing,
        toggleCamera: nothing,
        toggleMicrophone: nothing,
        chooseCamera: nothing,
        chooseMicrophone: nothing,
        chooseSpeaker: nothing,
        testSpeaker: nothing,
        askAgain: nothing,
        join: nothing,
        joinWithoutDevices: nothing,
        copyLink: nothing,
      },
      call: { toggleMicrophone: nothing, toggleCamera: nothing, toggleShare: nothing, copyLink: nothing, leave: nothing, answer: nothing },
      security: { wordsMatch: nothing, wordsDiffer: nothing, remove: nothing, copyDetails: nothing },
      state: { act: nothing },
    },
  }
}
