/**
 * Elements by role and accessible name. Chromium tells them from its accessibility tree. Firefox has no such question for us: puppeteer
 * computes the names of a whole page there, which takes seconds of processor for each look, so only what has the role is named here.
 */

import type { ElementHandle, Page } from "puppeteer-core"

const isFirefox = (page: Page): boolean => page.browser().process()?.spawnfile.includes("firefox") === true
const inTree = (role: string, name: string): string => `::-p-aria([name="${name}"][role="${role}"])`

/** Waits until something visible has this role and name. */
export async function find(page: Page, role: string, name: string): Promise<ElementHandle> {
  const found = isFirefox(page)
    ? page.waitForFunction(named, { polling: 50 }, role, name)
    : page.waitForSelector(inTree(role, name), { visible: true })
  try {
    return (await found) as ElementHandle
  } catch (error) {
    throw new Error(`waited in vain for the ${role} "${name}"`, { cause: error })
  }
}

/** Whether it is there now. */
export async function isThere(page: Page, role: string, name: string): Promise<boolean> {
  if (!isFirefox(page)) return (await page.$(inTree(role, name))) !== null
  const found = await page.evaluateHandle(named, role, name)
  return found.asElement() !== null
}

/** Runs in the page: HTML-AAM's roles and the parts of accname 1.2 that our pages have. */
function named(role: string, name: string): Element | false {
  const own: Readonly<Record<string, string>> = {
    button: "button, summary",
    checkbox: "input[type=checkbox]",
    combobox: "select",
    image: "img",
    link: "a[href]",
    main: "main",
    region: "section",
    searchbox: "input[type=search]",
    textbox: "input:not([type]), input[type=text], input[type=email], textarea",
  }
  const written = role === "image" ? "img" : role
  const textOf = (node: Node): string => {
    if (node instanceof Text) return node.data
    if (!(node instanceof Element) || node.getAttribute("aria-hidden") === "true" || !node.checkVisibility()) return ""
    const label = node.getAttribute("aria-label") ?? (node instanceof HTMLImageElement ? node.alt : null)
    return label ?? [...node.childNodes].map(textOf).join(getComputedStyle(node).display.startsWith("inline") ? "" : " ")
  }
  const nameOf = (element: Element): string => {
    const ids = element.getAttribute("aria-labelledby")?.split(" ") ?? []
    if (ids.length > 0) return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ")
    const labels = "labels" in element ? [...((element.labels ?? []) as Iterable<Node>)] : []
    return element.getAttribute("aria-label") ?? (labels.length > 0 ? labels.map(textOf).join(" ") : textOf(element))
  }
  const plain = (text: string): string => text.replaceAll(/\s+/g, " ").trim()
  for (const element of document.querySelectorAll(`[role="${written}"], ${own[role] ?? `[role="${role}"]`}`)) {
    const hasRole = (element.getAttribute("role") ?? written) === written
    const { width, height } = element.getBoundingClientRect()
    if (!hasRole || width === 0 || height === 0 || !element.checkVisibility({ visibilityProperty: true })) continue
    if (element.closest("[aria-hidden=true], [inert]") === null && plain(nameOf(element)) === plain(name)) return element
  }
  return false
}
