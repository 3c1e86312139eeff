/** What WebAuthn says and hears, as far as it is checked before the bytes are read. Names are those of the standard. */

import { z } from "./schema.ts"

const base64url = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/)

const about = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).nullable().optional(),
  clientExtensionResults: z.looseObject({}),
}

/** `PublicKeyCredential.toJSON()` after making a passkey. */
export const newPasskeyResponse = z
  .strictObject({
    ...about,
    response: z.strictObject({
      clientDataJSON: base64url(4000),
      attestationObject: base64url(12_000),
      authenticatorData: base64url(12_000).optional(),
      publicKey: base64url(8000).nullable().optional(),
      publicKeyAlgorithm: z.int().optional(),
      transports: z.array(z.string().max(20)).max(10).optional(),
    }),
  })
  .meta({ id: "NewPasskeyResponse" })

/** The same after showing one. */
export const passkeyResponse = z
  .strictObject({
    ...about,
    response: z.strictObject({
      clientDataJSON: base64url(4000),
      authenticatorData: base64url(4000),
      signature: base64url(4000),
      userHandle: base64url(100).nullable().optional(),
    }),
  })
  .meta({ id: "PasskeyResponse" })

/** For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`. */
export const passkeyOptions = z.looseObject({ challenge: z.string() }).meta({ id: "PasskeyOptions" })
