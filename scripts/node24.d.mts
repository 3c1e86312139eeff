import type { SpawnOptions } from "node:child_process"

export const nodeVersion: string
export class Refusal extends Error {}
export function cacheFolder(): string
export function writableFolder(path: string): string
export const npmFlags: readonly string[]
export function npmCommand(): [string, ...string[]]
export function sentenceFor(task: string, output: string): string
export function node24(): string
export function environmentFor(nodePath: string): NodeJS.ProcessEnv
export function runInForeground(
  program: string,
  args: readonly string[],
  options?: SpawnOptions & { readonly passAs?: NodeJS.Signals },
): Promise<number>
