/** Freezes a state between turns, so that whoever changes it in place fails the test. */

/** Freezes everything reachable. What is frozen already is not looked into again; byte arrays cannot be frozen. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value
  Object.freeze(value)
  if (value instanceof Map) for (const [key, item] of value) deepFreeze([key, item])
  else if (value instanceof Set) for (const item of value) deepFreeze(item)
  else for (const item of Object.values(value)) deepFreeze(item)
  return value
}
