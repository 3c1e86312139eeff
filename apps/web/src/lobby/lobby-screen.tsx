export function LobbyScreen(_: { view: import("../view/lobby.ts").LobbyView; actions: import("../view/lobby.ts").LobbyActions }) {
  return null
}
