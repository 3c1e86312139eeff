/** What people do together in a call beside media: pure reducers over what the group's members said. */

export { reactions, type Reaction } from "./reaction.ts"
