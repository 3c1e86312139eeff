/** The policy as the call machine knows it: devices by their hash, as persons have them. */

import { fromBase64url } from "../base64url.ts"
import { deviceOf } from "../room/device-key.ts"
import { canSign, type SignedPolicy, type Signers } from "../room/policy-chain.ts"
import type { PolicyView } from "./engine-port.ts"

/** Makes the view; `signers` are this device's. */
export async function policyViewOf(signed: SignedPolicy, signers: Signers): Promise<PolicyView> {
  const { secretHash: _hash, password, ...rules } = signed.policy
  return {
    ...rules,
    hosts: await devices(rules.hosts),
    coHosts: await devices(rules.coHosts),
    listeners: await devices(rules.listeners),
    successors: await devices(rules.successors),
    hasPassword: password !== undefined,
    ...(password === undefined ? {} : { passwordVersion: password.version }),
    canSign: canSign(signed, signers),
  }
}

const devices = (names: readonly string[]): Promise<readonly string[]> =>
  Promise.all(
    names.map((name) => {
      const key = fromBase64url(name, 32)
      if (key === undefined) throw new Error("bug: a policy that holds names devices by their keys")
      return deviceOf(key)
    }),
  )
