import { Blend, ImagePlus, User } from "lucide-react"
import { useEffect, useId, useRef, type ReactNode } from "react"
import { paintScene, sceneNames } from "../background-worker/scenes.ts"
import { useWords } from "../i18n/use-words.ts"
import type { LobbyActions, LobbyView } from "../view/lobby.ts"
import type { Background } from "../view/settings.ts"
import "../styles/backgrounds.css"

interface PickerProps {
  readonly background: LobbyView["background"]
  readonly actions: Pick<LobbyActions, "chooseBackground" | "keepOwnBackground">
}

/** What stands behind this person: as it is, blurred, one of our scenes, or a picture that this device keeps. */
export function BackgroundPicker({ background, actions }: PickerProps) {
  const say = useWords()
  const group = useId()
  const { chosen, state, hasOwn } = background
  const option = (of: Background, label: string, look: ReactNode) => (
    <label key={nameOf(of)}>
      <input
        type="radio"
        name={group}
        checked={nameOf(of) === nameOf(chosen)}
        disabled={state === "unavailable" && of.kind !== "none"}
        onChange={() => actions.chooseBackground(of)}
      />
      {look}
      <span>{label}</span>
    </label>
  )
  return (
    <div className="backgrounds">
      <fieldset>
        <legend className="hidden-text">{say("preparing.background")}</legend>
        {option({ kind: "none" }, say("preparing.background-none"), <User className="thumb" aria-hidden="true" />)}
        {option({ kind: "blur" }, say("preparing.background-blur"), <Blend className="thumb" aria-hidden="true" />)}
        {sceneNames.map((name) => option({ kind: "picture", name }, say(`preparing.background-${name}`), <Scene name={name} />))}
        {hasOwn && option(own, say("preparing.background-own"), <ImagePlus className="thumb" aria-hidden="true" />)}
      </fieldset>
      {state !== "unavailable" && <OwnPicture keep={actions.keepOwnBackground} />}
      <p className="small soft">{say(state === "unavailable" ? "preparing.background-unavailable" : "preparing.background-kept")}</p>
    </div>
  )
}

const own: Background = { kind: "picture", name: "own" }

const nameOf = (background: Background): string => (background.kind === "picture" ? `picture ${background.name}` : background.kind)

/** A scene, small, drawn as the worker draws it large. */
function Scene({ name }: { readonly name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext("2d")
    if (context) paintScene(context, name, { width: 128, height: 72 })
  }, [name])
  return <canvas ref={canvas} className="thumb" width={128} height={72} aria-hidden="true" />
}

function OwnPicture({ keep }: { readonly keep: (file: Blob) => void }) {
  const say = useWords()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        <ImagePlus className="icon s" aria-hidden="true" />
        {say("preparing.background-choose")}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file !== undefined) keep(file)
          // The same file may be chosen again.
          event.target.value = ""
        }}
      />
    </>
  )
}
