/** Settings, shortcuts, languages, themes, sounds. English. */
export const settings = {} as const
