import { Check, LayoutGrid, PanelRight, PanelTop } from "lucide-react"
import { Header } from "react-aria-components/Header"
import { MenuItem, MenuSection } from "react-aria-components/Menu"
import { useWords } from "../i18n/use-words.ts"
import { layouts, type Layout } from "../view/settings.ts"

const signs = { grid: LayoutGrid, speaker: PanelTop, sidebar: PanelRight } as const

interface ChoiceProps {
  readonly layout: Layout
  readonly onChoose: (layout: Layout) => void
}

/** How faces stand, as a section of a react-aria menu: one of three, kept for every call. */
export function LayoutChoice({ layout, onChoose }: ChoiceProps) {
  const say = useWords()
  return (
    <MenuSection
      className="section"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[layout]}
      onSelectionChange={(keys) => {
        const chosen = layouts.find((one) => keys !== "all" && keys.has(one))
        if (chosen !== undefined) onChoose(chosen)
      }}
    >
      <Header className="head">{say("stage.layout")}</Header>
      {layouts.map((one) => {
        const Sign = signs[one]
        return (
          <MenuItem key={one} id={one} className="item" textValue={say(`stage.layout-${one}`)}>
            <Sign className="icon turns" aria-hidden="true" />
            {say(`stage.layout-${one}`)}
            {one === layout && <Check className="icon s chosen" aria-hidden="true" />}
          </MenuItem>
        )
      })}
    </MenuSection>
  )
}
