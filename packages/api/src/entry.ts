/** Coming into rooms of this API by their address (D39): what the page that opens one is told, and how a moderator's browser furnishes it. */

import { operation } from "./operation.ts"
import { madeRoom, oneRoom, role } from "./rooms.ts"
import { z } from "./schema.ts"
import { bytesText, words } from "./words.ts"

/** What is behind `#` in a link with a joining token. Any text: one that is no token is refused as such. */
const token = z.string().min(1).max(100)

const sixteenBytes = bytesText(16, 16)

const asked = z
  .strictObject({
    kind: z.enum(["sealed-by-identity", "transport-only"]).meta({ description: "By which path the page came: /o/ or /t/." }),
    token: token.optional(),
    nonce: bytesText(32, 32).optional().meta({ description: "For a statement: the hash of the device's identity key (D19.5)." }),
  })
  .meta({ id: "EntryRequest" })

const furnished = z
  .strictObject({
    room: sixteenBytes.meta({ description: "What browsers call the room." }),
    opening: sixteenBytes.meta({ description: "Stands in the place of a link secret. Known to this server, so it is none." }),
    key_hash: sixteenBytes.meta({ description: "First 16 bytes of SHA-256 of the room key, which must have signed the policy." }),
  })
  .meta({ id: "Furnished" })

const entry = z
  .strictObject({
    kind: asked.shape.kind,
    furnished: furnished.nullable().meta({ description: "Null: a moderator's browser has to furnish the room first." }),
    is_inhabited: z.boolean().meta({ description: "Whether somebody is in the call." }),
    may_furnish: z.boolean().meta({ description: "Whether this asker may furnish it now." }),
    wishes: z.strictObject({ role, default_role: role, is_locked: z.boolean() }).meta({
      id: "EntryWishes",
      description: "What whoever made the room or the token wants. It takes effect by a policy that a host signs.",
    }),
    topic: words(500).nullable(),
    statement: z.string().nullable().meta({ description: "This server's word about who the device is, as JWS; see `listEntryKeys`." }),
    name: words(100).nullable().meta({ description: "Of the account or in the token." }),
  })
  .meta({ id: "Entry" })

const furnishing = z
  .strictObject({
    token: token.optional(),
    replaces: sixteenBytes.nullable().optional().meta({
      description: "The `room` that the page was told of, null for none: refused when it is another by now. Left out: whatever it is.",
    }),
    opening: sixteenBytes,
    ...madeRoom,
  })
  .meta({ id: "Furnishing", description: "Made in a browser. The room key's private half stays there." })

const entryKey = z
  .strictObject({
    kty: z.literal("OKP"),
    crv: z.literal("Ed25519"),
    x: bytesText(32, 32),
    kid: z.string(),
    use: z.literal("sig"),
    alg: z.literal("EdDSA"),
  })
  .meta({ id: "EntryKey", description: "RFC 8037." })

const tag = "entry"

export const entryOperations = {
  enterRoom: operation({
    id: "enterRoom",
    method: "POST",
    path: "/rooms/{room}/entry",
    tag,
    needs: "nobody-signed-in",
    summary: "What a page needs to enter a room by its address",
    description:
      "For the asker's session, for a joining token, or, where the room is public, for anybody. A room of another team is answered as one that is not there; to who shows nothing at all so is a private one.",
    params: oneRoom,
    body: asked,
    answer: { status: 200, body: entry },
    problems: ["no-such-room", "sign-in-needed", "token-expired", "token-void", "room-expired"],
  }),
  furnishRoom: operation({
    id: "furnishRoom",
    method: "PUT",
    path: "/rooms/{room}/furnishing",
    tag,
    needs: "nobody-signed-in",
    summary: "Give a room what a moderator's browser has made for it",
    description:
      "For an account that may change the room, or a token with the role of a moderator, while nobody is in it. What it was furnished with before opens nothing any more.",
    params: oneRoom,
    body: furnishing,
    answer: { status: 200, body: z.strictObject({ key_hash: sixteenBytes }).meta({ id: "FurnishedBy" }) },
    problems: [
      "no-such-room",
      "sign-in-needed",
      "token-expired",
      "token-void",
      "room-expired",
      "denied",
      "room-has-a-secret",
      "people-are-inside",
      "room-exists",
      "stale-version",
    ],
  }),
  listEntryKeys: operation({
    id: "listEntryKeys",
    method: "GET",
    path: "/entry-keys",
    tag,
    needs: "nobody-signed-in",
    summary: "Keys by which this server signs its statements about who enters",
    answer: { status: 200, body: z.strictObject({ keys: z.array(entryKey) }).meta({ id: "EntryKeys" }) },
  }),
} as const
