import { inspect } from "node:util"
import fc from "fast-check"
import { expect, test } from "vitest"
import { parsePostgresAddress, type PostgresAddress } from "./postgres-address.ts"

const read = (text: string) => parsePostgresAddress(text, (path) => `content of ${path}`)

function good(text: string): PostgresAddress {
  const address = read(text)
  if ("complaint" in address) throw new Error(address.complaint)
  return address
}

test("D38.2: the usual ways to write an address are understood", () => {
  const whole = good("postgresql://con:p%40ss%2Fword@[::1]:5433/clave")
  expect(whole).toMatchObject({ host: "::1", port: 5433, user: "con", database: "clave", tls: undefined })
  expect(whole.password?.()).toBe("p@ss/word")
  expect(good("postgres:///clave")).toMatchObject({ host: "/var/run/postgresql", user: undefined, password: undefined })
  for (const text of ["postgres://con@/clave?host=/run/pg", "postgres:///clave?host=/run/pg&user=con", "postgres://con@%2Frun%2Fpg/clave"])
    expect(good(text)).toMatchObject({ host: "/run/pg", port: 5432, user: "con", database: "clave" })
})

test("D38.3: another machine is spoken to by TLS that proves its name, unless that is switched off in so many words", () => {
  for (const local of ["localhost", "127.0.0.1", "127.8.8.8", "[::1]"]) expect(good(`postgres://${local}/d`).tls).toBeUndefined()
  for (const far of ["db", "192.0.2.7", "127.evil.example", "localhost.example", "[2001:db8::1]"]) {
    expect(good(`postgres://${far}/d`).tls).toEqual({ authority: undefined })
    expect(good(`postgres://${far}/d?sslmode=disable`).tls).toBeUndefined()
  }
  expect(good("postgres://db/d?sslrootcert=/ca.pem").tls).toEqual({ authority: "content of /ca.pem" })
  for (const mode of ["require", "prefer", "allow", "verify-ca", "no-verify", ""])
    expect(read(`postgres://db/d?sslmode=${mode}`)).toMatchObject({ complaint: expect.stringContaining("sslmode") as string })
  for (const text of ["postgres:///d?sslmode=verify-full", "postgres://db/d?sslmode=disable&sslrootcert=/ca.pem"])
    expect(read(text)).toHaveProperty("complaint")
})

test("D38.2: anything else is refused, and no complaint quotes the text", () => {
  const odd = ["", "postgres", "postgresql:d", "mysql://h/d", "postgres://h", "postgres://h/", "postgres://h/a/b", "postgres://h:99999/d"]
  for (const text of [...odd, "postgres://h/d?ssl=false", "postgres://h/d?user=a&user=b", "postgres://u:50%@h/d", "postgres://h/%00"])
    expect(read(text)).toHaveProperty("complaint")
  const password = fc.string({ unit: fc.constantFrom(...Array.from("abz09/?#@:%& ")), minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(password, (text) => {
      const secret = `S3cr3t${text}S3cr3t`
      const address = read(`postgresql://con:${secret}@db/clave`)
      expect(inspect(address, { depth: 9 }) + JSON.stringify(address)).not.toContain("S3cr3t")
    }),
  )
  fc.assert(fc.property(fc.string(), (text) => void read(text)))
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => void read(text.replace(/^\w+/, "postgres"))),
  )
})
