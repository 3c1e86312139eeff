/** Before the call: background, noise, network check, help with permissions. English. */
export const preparing = {} as const
