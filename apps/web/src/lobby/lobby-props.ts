import type { LobbyActions, LobbyView } from "../view/lobby.ts"

export interface LobbyProps {
  readonly view: LobbyView
  readonly actions: LobbyActions
}
