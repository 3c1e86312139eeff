import { useEffect, useRef, useState, type ReactNode } from "react"
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs"
import { useWords } from "../i18n/use-words.ts"
import { useIsWide } from "../lobby/use-is-wide.ts"
import type { LobbyActions } from "../view/lobby.ts"
import type { SettingsDevices } from "../view/room.ts"
import { BackgroundPage } from "./background-page.tsx"
import { DevicesPage } from "./devices-page.tsx"
import { settingsPages, type SettingsPage } from "./open-settings.ts"
import { SettingsSheet } from "./settings-sheet.tsx"
import { ShortcutsPage } from "./shortcuts-page.tsx"
import { SoundsPage } from "./sounds-page.tsx"
import { ViewPage } from "./view-page.tsx"

interface DialogProps {
  /** Open at first. */
  readonly page: SettingsPage
  readonly devices: SettingsDevices | undefined
  readonly actions: LobbyActions
  readonly onClose: () => void
}

/** All settings. Each takes effect when it is changed: there is nothing to save and nothing to lose by closing. */
export function SettingsDialog({ page, devices, actions, onClose }: DialogProps) {
  const say = useWords()
  return (
    <SettingsSheet title={say("settings.title")} close={say("settings.close")} className="dialog settings" onClose={onClose}>
      <Pages first={page} devices={devices} actions={actions} />
      <p className="note">{say("settings.note")}</p>
    </SettingsSheet>
  )
}

function Pages({ first, devices, actions }: { first: SettingsPage } & Pick<DialogProps, "devices" | "actions">) {
  const say = useWords()
  const isWide = useIsWide()
  const offered = settingsPages.filter((page) => devices !== undefined || (page !== "devices" && page !== "background"))
  const [page, turn] = useState(offered.includes(first) ? first : "view")
  const pages: Record<SettingsPage, ReactNode> = {
    devices: devices && <DevicesPage devices={devices} actions={actions} />,
    background: devices && <BackgroundPage devices={devices} actions={actions} />,
    view: <ViewPage />,
    sounds: <SoundsPage />,
    shortcuts: <ShortcutsPage />,
  }
  return (
    <Tabs
      className="pages"
      orientation={isWide ? "vertical" : "horizontal"}
      selectedKey={page}
      onSelectionChange={(key) => turn(key as SettingsPage)}
    >
      <TabList className="page-list" aria-label={say("settings.pages")}>
        {offered.map((one) => (
          <Tab key={one} id={one} className="page-tab">
            {({ isSelected }) => <TabName name={say(`settings.page.${one}`)} isOpen={isSelected} />}
          </Tab>
        ))}
      </TabList>
      {offered.map((one) => (
        <TabPanel key={one} id={one} className="settings-page">
          {pages[one]}
        </TabPanel>
      ))}
    </Tabs>
  )
}

/** On a phone the tabs are wider than the screen: the one that is open comes into sight. */
function TabName({ name, isOpen }: { readonly name: string; readonly isOpen: boolean }) {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (isOpen) place.current?.scrollIntoView({ block: "nearest", inline: "center" })
  }, [isOpen])
  return <span ref={place}>{name}</span>
}
