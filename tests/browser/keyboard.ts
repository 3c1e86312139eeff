/** Somebody without a pointer: goes through a page by keys alone, and always sees where it is. */

import type { KeyInput, Page } from "puppeteer-core"

/** What has the focus: role and name as a screen reader says them, and whether one can see that it has it. */
interface Focused {
  readonly role: string
  readonly name: string
  readonly isSeen: boolean
}

/** More stops than any of our pages has. */
const mostSteps = 120

/**
 * Presses `key` (Tab unless said) until what is called so has the focus.
 * Throws with every stop on the way when it never does, or when a stop cannot be seen (WCAG 2.4.7).
 */
export async function reach(page: Page, role: string, name: string | RegExp, key: KeyInput = "Tab"): Promise<void> {
  const stops: string[] = []
  for (let step = 0; step < mostSteps; step++) {
    const focused = await focusOf(page)
    if (focused !== undefined) {
      stops.push(`${focused.role} "${focused.name}"`)
      if (!focused.isSeen) throw new Error(`the focus cannot be seen on ${stops.at(-1) ?? ""}`)
      if (focused.role === role && (typeof name === "string" ? focused.name === name : name.test(focused.name))) return
    }
    await page.keyboard.press(key)
  }
  throw new Error(`no way by ${key} to ${role} "${String(name)}"; stops: ${[...new Set(stops)].join(", ")}`)
}

/** Reaches it and presses Enter. */
export async function enter(page: Page, role: string, name: string | RegExp, key: KeyInput = "Tab"): Promise<void> {
  await reach(page, role, name, key)
  await page.keyboard.press("Enter")
}

async function focusOf(page: Page): Promise<Focused | undefined> {
  const handle = await page.evaluateHandle(() => document.activeElement)
  const element = handle.asElement()
  if (element === null) return undefined
  const isBody = await page.evaluate((node) => node === document.body, element)
  if (isBody) return undefined
  const said = await page.accessibility.snapshot({ root: element, interestingOnly: false })
  const isSeen = await page.evaluate((node) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node as Element)
    const box = (node as Element).getBoundingClientRect()
    const isInside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth
    // Where the ring stands on a part of it (a round cap), that part is asked.
    const parts = [node as Element, ...(node as Element).querySelectorAll("*")].map((part) => getComputedStyle(part))
    const hasRing = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none"
    return isInside && (hasRing || parts.some((style) => style.outlineStyle !== "none" && style.outlineWidth !== "0px"))
  }, element)
  return { role: said?.role ?? "", name: said?.name ?? "", isSeen }
}
