/** Runs any machine of this house. Knows nothing of what it runs, and awaits nothing. */

/** A pure machine: one input in, the next state and its orders out. */
export interface Machine<State, Input, Output> {
  readonly start: State
  readonly step: (state: State, input: Input) => readonly [State, ...Output[]]
}

export interface Shell<State, Input, Output> {
  /** Begins one effect. Whatever it brings back is fed in later, as an ordinary input. */
  perform(output: Output, feed: (input: Input) => void): void
  /** Sees every turn; the trace recorder and the screen live here. */
  witness?(input: Input, outputs: readonly Output[], state: State): void
}

/** One input at a time, and all of its outputs begun, in order, before the next input is looked at. */
export function run<State, Input, Output>(
  machine: Machine<State, Input, Output>,
  shell: Shell<State, Input, Output>,
): (input: Input) => void {
  let state = machine.start
  let isStepping = false
  const waiting: Input[] = []

  return function feed(input: Input): void {
    waiting.push(input)
    if (isStepping) return
    isStepping = true
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [after, ...outputs] = machine.step(state, next)
        state = after
        shell.witness?.(next, outputs, state)
        for (const output of outputs) shell.perform(output, feed)
      }
    } finally {
      isStepping = false
    }
  }
}
