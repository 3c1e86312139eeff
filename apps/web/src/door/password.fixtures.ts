import type { PasswordView } from "../view/door.ts"

export const passwordFixtures = {
  password: { isWrong: false, topic: "Budget review" },
  "password-wrong": { isWrong: true },
} satisfies Record<string, PasswordView>
