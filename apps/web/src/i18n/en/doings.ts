/** What people do together: hands, reactions, asking to unmute, leaving, the menu of more. English. */
export const doings = {} as const
