/** How people find out who somebody is: numbers of two devices; by what the buttons are called. */

import { en } from "../../apps/web/src/i18n/en.ts"
import { actOn } from "./hosting.ts"
import { find } from "./find.ts"
import { press, type Person } from "./person.ts"

/** The number that this person's screen shows for the pair of its device and the other's, without blanks (D15.10). */
export async function pairNumberOf(person: Person, other: string): Promise<string> {
  await actOn(person, other, "details")
  const region = await find(person.page, "region", en["person.number"])
  await region.waitForSelector("li")
  return region.evaluate((element) => [...element.querySelectorAll("li")].map((group) => group.textContent).join(""))
}

/** Opens Security, by way of the details of somebody. */
export async function showSecurity(person: Person, other: string): Promise<void> {
  await actOn(person, other, "details")
  await press(person.page, "button", en["person.back"])
}
