import { renderToString } from "react-dom/server"
import decodeQR from "qr/decode.js"
import { expect, test } from "vitest"
import { account as words } from "../i18n/en/account.ts"
import { screens } from "../gallery/screens.tsx"
import { QrCode } from "./qr.tsx"

const drawn = (name: string): string => renderToString(screens.get(name))
const textOf = (html: string): string => html.replaceAll("<!-- -->", "").replace(/<[^>]+>/g, " ")

/** What a camera sees of the drawing: eight points a cell. */
function seen(html: string): { width: number; height: number; data: Uint8Array } {
  const side = Number(/viewBox="0 0 (\d+) /.exec(html)?.[1])
  const width = side * 8
  const data = new Uint8Array(width * width * 4).fill(255)
  for (const [, x = "", y = ""] of html.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let row = 0; row < 8; row++)
      for (let column = 0; column < 8; column++) {
        const at = ((Number(y) * 8 + row) * width + Number(x) * 8 + column) * 4
        data.fill(0, at, at + 3)
      }
  return { width, height: width, data }
}

test("D41.7: the QR code says what it was drawn from, and its secret stands beside it as text", () => {
  const uri = "otpauth://totp/Northlight:olga%40northlight.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Northlight"
  expect(decodeQR(seen(renderToString(<QrCode text={uri} label="QR" />)))).toBe(uri)
  expect(textOf(drawn("guard-app"))).toContain("JBSW Y3DP EHPK 3PXP")
})

test("D41.6: recovery codes have no cross to close them by, and the way on waits until they are kept", () => {
  expect(drawn("guard-codes")).toMatch(/<button type="button" class="button primary" disabled="">/)
  expect(textOf(drawn("guard-codes")).match(/[a-z2-9]{4}(-[a-z2-9]{4}){4}/g)).toHaveLength(10)
})

test("D41.5: too many tries say when the next is worth it", () => {
  expect(textOf(drawn("login-too-many"))).toContain("Too many tries. Try again in 14 minutes.")
  expect(drawn("login-too-many")).not.toContain(words["login.passkey"])
})

test("D41.8: sessions are named as their browsers called themselves, and the one that asks is marked", () => {
  expect(textOf(drawn("account"))).toMatch(/Firefox on Linux, this one[^]*Safari on iOS[^]*Another program/)
  expect(drawn("account")).toContain(`aria-label="Sign out: Safari on iOS"`)
  expect(drawn("account")).not.toContain(`aria-label="Sign out: Firefox on Linux`)
})

test("D41.2: every field has its label, and what is wrong is read out and marked", () => {
  for (const name of ["login", "setup", "invitation", "recovery", "login-code"]) {
    const html = drawn(name)
    const fields = [...html.matchAll(/<input [^>]* id="([^"]+)"/g)].map(([, id]) => id)
    expect(fields.length, name).toBeGreaterThan(0)
    for (const id of fields) expect(html, name).toContain(`<label for="${id ?? ""}">`)
  }
  expect(drawn("setup-refused")).toMatch(/role="alert">Another password is needed/)
  expect(drawn("setup-refused").match(/aria-invalid="true"/g)).toHaveLength(1)
})
