export { apiClient } from "./client.ts"
export type { Ask, Client, ClientOptions, Got } from "./client.ts"
export { ApiRefusal } from "./refusal.ts"
