import { copyOf, define, isJsonObject, type JsonObject } from './json-value'

/**
 * Merges an answer into the data that is there, as the gateway package does: objects are merged, lists of equal length
 * item by item, and everything else is replaced. With `isShared` nothing of the source becomes part of the target,
 * because the same source is merged into others too.
 */
export function merge(target: JsonObject, source: unknown, isShared = false): void {
  if (source === undefined || source === null) return
  for (const key of Object.keys(source)) {
    const value = (source as JsonObject)[key]
    if (value === undefined) continue
    const present = Object.hasOwn(target, key) ? target[key] : undefined
    if (isTruthy(present) && isJsonObject(value)) merge(asTarget(present), value, isShared)
    else if (Array.isArray(value) && Array.isArray(present) && value.length === present.length)
      mergeItems(present, value, isShared)
    else define(target, key, isShared ? copyOf(value) : value)
  }
}

function mergeItems(target: unknown[], source: readonly unknown[], isShared: boolean): void {
  for (const [index, value] of source.entries()) {
    const present = target[index]
    if (isJsonObject(present) && isJsonObject(value)) merge(present, value, isShared)
    else target[index] = isShared ? copyOf(value) : value
  }
}

const isTruthy = (value: unknown): boolean => Boolean(value)

/** Two subgraphs that disagree whether a value is an object: an error of this fetch. */
function asTarget(value: unknown): JsonObject {
  if (typeof value !== 'object') throw new TypeError('An object cannot be merged into a value that is none')
  return value as JsonObject
}
