import type { GraphQLFormattedError } from 'graphql'

/** An object as it comes from JSON. */
export type JsonObject = Record<string, unknown>

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isAbsentOrText = (value: unknown): value is string | null | undefined =>
  value === undefined || value === null || typeof value === 'string'

export const isAbsentOrJsonObject = (value: unknown): value is JsonObject | null | undefined =>
  value === undefined || value === null || isJsonObject(value)

/** Undefined for what is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Errors as a GraphQL answer has them; also none. */
export const areErrors = (value: unknown): value is GraphQLFormattedError[] =>
  Array.isArray(value) && value.every((error) => isJsonObject(error) && typeof error['message'] === 'string')

/** A property of its own, never one of the prototype: names come from documents and answers. */
export const ownOf = (value: unknown, name: string): unknown =>
  value !== null && value !== undefined && Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined

/** A copy of a JSON value that shares nothing with it. */
export function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf)
  const copy: JsonObject = {}
  for (const key of Object.keys(value)) define(copy, key, copyOf((value as JsonObject)[key]))
  return copy
}

/** Sets a property of its own, also one with a name that the prototype has. */
export function define(target: JsonObject, name: string, value: unknown): void {
  if (name in target && !Object.hasOwn(target, name)) {
    Object.defineProperty(target, name, { configurable: true, enumerable: true, writable: true, value })
  } else {
    target[name] = value
  }
}

const shortLength = 48
const escaped = /[\u0000-\u001f"\\\ud800-\udfff]/

/** A string as JSON text. Most strings need no escape, and then a comparison is cheaper than a call of JSON.stringify. */
export function quoted(text: string): string {
  if (text.length > shortLength) return escaped.test(text) ? JSON.stringify(text) : `"${text}"`
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) return JSON.stringify(text)
  }
  return `"${text}"`
}
