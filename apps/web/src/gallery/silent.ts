/** Actions that only say in the console that they were asked for. */
export function silent<Actions extends object>(name: string): Actions {
  return new Proxy({} as Actions, {
    get:
      (_, action) =>
      (...given: unknown[]) =>
        console.info(name, String(action), ...given),
  })
}
