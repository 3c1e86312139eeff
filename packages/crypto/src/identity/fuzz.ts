/** Fuzz targets: every parser of this folder. None may throw or hang, whatever the bytes. */

import { textOf, utf8 } from "../bytes.ts"
import { parseProof } from "./binding.ts"
import { readClaims } from "./claims.ts"
import { skeleton } from "./confusable.ts"
import { isIssuerUrl } from "./issuer.ts"
import { jsonObject, parseJws } from "./jws.ts"
import { parseKeySet } from "./provider-keys.ts"

const latin = (bytes: Uint8Array): string => textOf(bytes) ?? Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")

/** {"alg":"ES256"} . {"iss":"https://a.example"} . three bytes */
const token = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJodHRwczovL2EuZXhhbXBsZSJ9.AAAA"
const claims = '{"aud":["c"],"sub":"u","iat":1800000000,"exp":1800003600,"name":"Ada","email":"a@b.example","email_verified":true}'
const keySet = `{"keys":[{"kty":"EC","crv":"P-256","x":"${"A".repeat(43)}","y":"${"A".repeat(43)}","kid":"1"},{"kty":"RSA","e":"AQAB","n":"gAAA"}]}`

export const identityFuzzTargets = [
  { name: "identity/token", samples: [utf8(token)], run: (bytes: Uint8Array) => void parseJws(latin(bytes)) },
  {
    name: "identity/proof",
    samples: [utf8(`${token}~${"A".repeat(43)}~${"A".repeat(86)}`)],
    run: (bytes: Uint8Array) => void parseProof(latin(bytes)),
  },
  { name: "identity/keys", samples: [utf8(keySet)], run: (bytes: Uint8Array) => void parseKeySet(jsonObject(latin(bytes))) },
  {
    name: "identity/claims",
    samples: [utf8(claims)],
    run: (bytes: Uint8Array) =>
      void readClaims(jsonObject(latin(bytes)) ?? {}, { issuer: "https://a.example", clientId: "c" }, 1_800_000_000_000),
  },
  { name: "identity/name", samples: [utf8("Zo\u00eb \u0410\u0434\u0430 rn")], run: (bytes: Uint8Array) => void skeleton(latin(bytes)) },
  { name: "identity/issuer", samples: [utf8("https://a.example/realms/x")], run: (bytes: Uint8Array) => void isIssuerUrl(latin(bytes)) },
]
