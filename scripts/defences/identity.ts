/** Defences of who somebody is: no token but the provider's, for us, for this device, today; nobody known under another key (D19, D21). */
import type { Defence } from "./defence.ts"

const folder = "packages/crypto/src/identity"
const verifyTest = `${folder}/verify.test.ts`
const peopleTest = `${folder}/people.test.ts`
const known = "apps/web/src/session/known-people"
const adapter = "apps/web/src/adapters/identity-provider"

export const identityDefences: readonly Defence[] = [
  {
    name: "identity: algorithms without a public key",
    rule: "D19.2",
    file: `${folder}/jws.ts`,
    text: '  if (algorithm === undefined) return "token-algorithm"\n',
    replacement:
      '  if (algorithm === undefined) return { algorithm: "RS256", keyId, claims, signed: utf8(`${head}.${body}`), signature }\n',
    test: { file: verifyTest, name: "no token names an algorithm without a public key" },
  },
  {
    name: "identity: the signature",
    rule: "D19.1",
    file: `${folder}/verify.ts`,
    text: "if (await isTokenSignedBy(key, jws)) return true",
    replacement: "if ((await isTokenSignedBy(key, jws)) || keys.length > 0) return true",
    test: { file: verifyTest, name: "a proof with any character changed" },
  },
  {
    name: "identity: tokens for others",
    rule: "D19.3",
    file: `${folder}/claims.ts`,
    text: '  if (!isFor(fields, clientId)) return "token-audience"\n',
    replacement: "  void [isFor, clientId]\n",
    test: { file: verifyTest, name: "a token for another client, for two, or of another provider" },
  },
  {
    name: "identity: providers that the policy does not name",
    rule: "D19.3",
    file: `${folder}/verify.ts`,
    text: 'find((one) => one.issuer === jws.claims["iss"])',
    replacement: "find(() => true)",
    test: { file: verifyTest, name: "a token for another client, for two, or of another provider" },
  },
  {
    name: "identity: yesterday's tokens",
    rule: "D19.4",
    file: `${folder}/claims.ts`,
    text: '  if (iat * 1000 + tokenLifetimeMs + clockToleranceMs <= now) return "token-too-old"\n',
    replacement: "",
    test: { file: verifyTest, name: "a token is good from its making to its end" },
  },
  {
    name: "identity: a token copied from another device",
    rule: "D19.5",
    file: `${folder}/verify.ts`,
    text: '  if (!(await isTokenFor(jws, identityPublicKey))) return refusal("token-nonce")\n',
    replacement: "  void isTokenFor\n",
    test: { file: verifyTest, name: "a token for another device's key is refused" },
  },
  {
    name: "identity: a proof copied from another device",
    rule: "D19.5",
    file: `${folder}/verify.ts`,
    text: '  if (!(await isBound(read, { room: parts.room, devicePublicKey }))) return refusal("binding-forged")\n',
    replacement: "  void [isBound, devicePublicKey]\n",
    test: { file: verifyTest, name: "a token for another device's key is refused" },
  },
  {
    name: "identity: keys from elsewhere",
    rule: "D19.7",
    file: `${adapter}.ts`,
    text: "url.origin === new URL(issuer).origin",
    replacement: "issuer !== undefined",
    test: { file: `${adapter}.test.ts`, name: "what a provider says of itself counts only on its own origin" },
  },
  {
    name: "identity: redirects to elsewhere",
    rule: "D19.7",
    file: `${adapter}.ts`,
    text: 'redirect: "error"',
    replacement: 'redirect: "follow"',
    test: { file: `${adapter}.test.ts`, name: "no redirect is followed" },
  },
  {
    name: "identity: a lost device struck out",
    rule: "D19.11",
    file: `${folder}/verify.ts`,
    text: '  if (isStruckOut({ ...identity, iat }, parts.revocations?.() ?? [])) return refusal("device-revoked")\n',
    replacement: "  void [isStruckOut, iat]\n",
    test: { file: peopleTest, name: "a device struck out by another of its account" },
  },
  {
    name: "identity: a stranger strikes devices out",
    rule: "D19.11",
    file: `${folder}/revocation.ts`,
    text: "return isSigned ? found : undefined",
    replacement: "return isSigned !== undefined ? found : undefined",
    test: { file: peopleTest, name: "a device struck out by another of its account" },
  },
  {
    name: "identity: a changed key of somebody verified",
    rule: "D21.2",
    file: `${known}.ts`,
    text: '  if (wasVerified && found?.verifiedAt === undefined) return "key-changed"\n',
    replacement: "  void wasVerified\n",
    test: { file: `${known}.test.ts`, name: "who was verified in person and comes on another device" },
  },
  {
    name: "identity: look-alike names",
    rule: "D21.5",
    file: `${folder}/confusable.ts`,
    text: "looksLike.get(letter) ?? looksLike.get(letter.toLowerCase()) ?? letter.toLowerCase()",
    replacement: "letter.toLowerCase()",
    test: { file: peopleTest, name: "look alike" },
  },
]
