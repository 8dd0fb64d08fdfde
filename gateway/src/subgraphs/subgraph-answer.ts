import type { FetchAnswer } from '@parley/federation/operations/execution'
import { areErrors, isJsonObject, type JsonObject, parsedJson } from '@parley/federation/operations/json-value'

/** Reads the body of an answer; undefined for anything but a GraphQL answer. */
export function readAnswer(text: string): FetchAnswer | undefined {
  const answer = parsedJson(text)
  return isJsonObject(answer) ? asAnswer(answer) : undefined
}

/** Undefined for anything but a GraphQL answer. */
export function asAnswer({ data, errors }: JsonObject): FetchAnswer | undefined {
  if (data !== undefined && data !== null && !isJsonObject(data)) return undefined
  if (errors !== undefined && !areErrors(errors)) return undefined
  if (data === undefined && errors === undefined) return undefined
  return { data: data ?? null, ...(errors === undefined ? {} : { errors }) }
}
