/** The stage: layouts, tiles, shared screens. English. */
export const stage = {} as const
