import type { FetchAnswer } from '@parley/federation/operations/execution'
import { isJsonObject, type JsonObject } from '@parley/federation/operations/json-value'
import type { GraphQLFormattedError } from 'graphql'

/** Reads the body of an answer; undefined for anything but a GraphQL answer. */
export function readAnswer(text: string): FetchAnswer | undefined {
  const answer = parsed(text)
  return isJsonObject(answer) ? asAnswer(answer) : undefined
}

/** Undefined for anything but a GraphQL answer. */
export function asAnswer({ data, errors }: JsonObject): FetchAnswer | undefined {
  if (data !== undefined && data !== null && !isJsonObject(data)) return undefined
  if (errors !== undefined && !isErrors(errors)) return undefined
  if (data === undefined && errors === undefined) return undefined
  return { data: data ?? null, ...(errors === undefined ? {} : { errors }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isErrors = (value: unknown): value is GraphQLFormattedError[] =>
  Array.isArray(value) && value.every((error) => isJsonObject(error) && typeof error['message'] === 'string')
