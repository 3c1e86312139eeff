/** Whether key caps carry Apple's signs. Decides nothing but how they are drawn. */
export const isMac = (): boolean => typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.platform)
