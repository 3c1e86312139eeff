/** The statistics panel and what is said of the network. English. */
export const statistics = {} as const
