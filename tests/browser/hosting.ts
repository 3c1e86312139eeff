/** What hosts do in a call, by what the buttons are called. */

import { en } from "../../apps/web/src/i18n/en.ts"
import { find } from "./find.ts"
import { press, type Person } from "./person.ts"
import { until } from "./until.ts"

type Rule = "waitingRoom" | "isLocked" | "joinBeforeHost" | "share" | "joinAs" | "isSingleUse"

/** Fills the slots of a text. */
export const filled = (text: string, slots: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? "")

/** Opens the room's rules, if they are not open. */
async function showRules({ page }: Person): Promise<void> {
  const isOpen = await page.evaluate(
    (title) => [...document.querySelectorAll("h2")].some((one) => one.textContent === title),
    en["rules.title"],
  )
  if (isOpen) return
  await press(page, "button", en["doings.more"])
  await press(page, "menuitem", en["call.room-button"])
}

/** Turns a rule on or off and waits until the group has agreed. */
export async function setRule(host: Person, rule: Rule, isOn: boolean): Promise<void> {
  const name = en[`rules.${rule}`]
  const isNow = async (): Promise<boolean> => {
    // A change that became void takes the host out for a moment, and what was open with it; the change is asked for again.
    await showRules(host)
    return (await find(host.page, "switch", name)).evaluate((element) => (element as HTMLInputElement).checked)
  }
  if ((await isNow()) !== isOn) await press(host.page, "switch", name)
  await until(async () => (await isNow()) === isOn, { for: `"${name}" to be ${isOn ? "on" : "off"}` })
}

/**
 * Ends when the server was told of a change of the rules, which is some seconds after the group has agreed (D3.10.3). Until
 * then who is turned away cannot be shown why. Call it before the change.
 */
export async function serverTold({ page }: Person): Promise<void> {
  await page.waitForResponse((response) => response.request().method() === "PATCH" && response.ok())
}

/** Replaces the link; gives the new one once the address bar has it. */
export async function replaceLink(host: Person): Promise<string> {
  const before = host.link()
  await showRules(host)
  await press(host.page, "button", en["rules.replace"])
  await press(host.page, "button", en["rules.replace-yes"])
  return until(() => (host.link() === before ? undefined : host.link()), { for: "the address to hold the new link" })
}

/** Waits for a password's field by its label. ARIA has no role for it, and Firefox calls it none. */
export async function findPassword(page: Person["page"], label: string) {
  return until(
    async () => {
      const field = await page.$("input[type=password]")
      const isIt = await field?.evaluate((element, wanted) => element.labels?.[0]?.textContent.trim() === wanted, label)
      return isIt === true && field !== null ? field : undefined
    },
    { for: `the field "${label}"` },
  )
}

/** Sets the room's password, and waits until the group has agreed. */
export async function setPassword(host: Person, password: string): Promise<void> {
  await showRules(host)
  await press(host.page, "button", en["rules.password-set"])
  const field = await findPassword(host.page, en["rules.password-new"])
  await field.type(password)
  await press(host.page, "button", en["rules.password-save"])
  await find(host.page, "button", en["rules.password-remove"])
}

/** Types the room's password where it is asked for. */
export async function givePassword(page: Person["page"], password: string): Promise<void> {
  const field = await findPassword(page, en["password.label"])
  await field.type(password)
  await field.press("Enter")
  // It goes with what it said about the one before.
  await until(() => field.evaluate((element) => !element.isConnected), { for: "the password to be taken" })
}

/** Opens People, if it is not open. */
async function showPeople({ page }: Person): Promise<void> {
  const isOpen = await page.evaluate(
    (title) => [...document.querySelectorAll("h2")].some((one) => one.textContent === title),
    en["people.title"],
  )
  if (!isOpen) await press(page, "button", en["call.people-button"])
}

type Act = "make-host" | "make-co-host" | "make-member" | "make-listener" | "name-successor" | "remove" | "details"

/** Picks an entry of somebody's menu in People. */
export async function actOn(host: Person, name: string, act: Act): Promise<void> {
  await showPeople(host)
  await openMenu(host, filled(en["people.more-name"], { name }))
  await press(host.page, "menuitem", en[`people.act.${act}`])
}

/** On a busy machine a press can come while the panel still moves, and miss: people press again. */
async function openMenu({ page }: Person, name: string): Promise<void> {
  // Looked up once: an open menu hides all around it from who asks by role.
  const button = await find(page, "button", name)
  await until(
    async () => {
      const isOpen = await button.evaluate((element) => element.getAttribute("aria-expanded") === "true")
      if (!isOpen) await button.click()
      return isOpen
    },
    { for: `the menu "${name}" to open` },
  )
}

/** Answers at the door. Blocking stands behind the words to check, in People. */
export async function answerDoor(host: Person, name: string, answer: "let-in" | "refuse" | "block"): Promise<void> {
  await showPeople(host)
  if (answer === "block") {
    await (await host.page.waitForSelector(`summary[aria-label="${filled(en["door.more-name"], { name })}"]`, { visible: true }))?.click()
  }
  await press(host.page, "button", filled(en[`door.${answer}-name`], { name }))
}
