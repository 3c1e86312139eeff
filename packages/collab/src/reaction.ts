/** What people can show in a press, without a word. Names travel, never characters: every device draws its own. */

export const reactions = ["thumbs-up", "clap", "laugh", "surprise", "heart", "celebrate"] as const
export type Reaction = (typeof reactions)[number]
