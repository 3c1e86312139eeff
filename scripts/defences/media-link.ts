/** Defences between the SDK and the browser: nothing goes round the frame worker. */
import type { Defence } from "./defence.ts"

const sealed = "apps/web/src/adapters/sfu/sealed-peer-connection.ts"
const sealedTest = "apps/web/src/adapters/sfu/sealed-peer-connection.test.ts"
const options = "apps/web/src/adapters/sfu/link-options.ts"
const optionsTest = "apps/web/src/adapters/sfu/link-options.test.ts"

export const mediaLinkDefences: readonly Defence[] = [
  {
    name: "late transform: a transceiver's transforms in the same tick",
    rule: "D25",
    file: sealed,
    text: "      attach.sender(transceiver.sender)\n      attach.receiver(transceiver.receiver)\n",
    replacement: "      setTimeout(() => (attach.sender(transceiver.sender), attach.receiver(transceiver.receiver)), 100)\n",
    test: { file: sealedTest, name: "a transceiver has both transforms" },
  },
  {
    name: "late transform: a receiver the SFU opens",
    rule: "D25",
    file: sealed,
    text: "        attach.receiver(event.receiver)\n",
    replacement: "        setTimeout(() => attach.receiver(event.receiver), 100)\n",
    test: { file: sealedTest, name: "a receiver that the SFU opens has its transform" },
  },
  {
    name: "null transform",
    rule: "D25",
    file: "apps/web/src/adapters/sfu/attach.ts",
    text: "      if (done.has(sender)) return\n",
    replacement: "      if (done.has(sender)) sender.transform = null\n      if (done.has(sender)) return\n",
    test: { file: sealedTest, name: "a transform is set once for life and never to null" },
  },
  {
    name: "encodedInsertableStreams",
    rule: "D26",
    file: sealed,
    text: ", encodedInsertableStreams: true }",
    replacement: " }",
    test: { file: sealedTest, name: "every connection is made with encodedInsertableStreams" },
  },
  {
    name: "foreign STUN: servers that the SFU names",
    rule: "A7.04",
    file: sealed,
    text: "{ ...configuration, iceServers: [...relays], encodedInsertableStreams: true }",
    replacement: "{ ...configuration, encodedInsertableStreams: true }",
    test: { file: sealedTest, name: "no foreign STUN or TURN server is asked" },
  },
  {
    name: "foreign STUN: a later configuration",
    rule: "A7.04",
    file: sealed,
    text: "super.setConfiguration({ ...configuration, iceServers: [...relays] })",
    replacement: "super.setConfiguration(configuration)",
    test: { file: sealedTest, name: "a later configuration cannot bring one in" },
  },
  {
    name: "audio level kept from the SFU",
    rule: "A7.03",
    file: "apps/web/src/adapters/sfu/offer-edit.ts",
    text: 'if (edited.includes(audioLevel)) throw new OfferEditFailed("audio-level-left")',
    replacement: "",
    test: { file: "apps/web/src/adapters/sfu/offer-edit.test.ts", name: "an audio level in a form the edit does not know" },
  },
  {
    name: "RED on",
    rule: "D25",
    file: options,
    text: "red: false",
    replacement: "red: true",
    test: { file: optionsTest, name: "RED is off" },
  },
  {
    name: "not encrypted flag: the SDK's switch",
    rule: "A2.01",
    file: "apps/web/src/adapters/sfu/e2ee-manager.ts",
    text: "    isEnabled: true,\n",
    replacement: "    isEnabled: false,\n",
    test: { file: optionsTest, name: "the manager says encrypted always" },
  },
]
