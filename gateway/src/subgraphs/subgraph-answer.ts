import type { GraphQLFormattedError } from 'graphql'

export interface SubgraphAnswer {
  readonly data: Record<string, unknown> | null
  readonly errors?: readonly GraphQLFormattedError[]
}

/** Reads the body of an answer; undefined for anything but a GraphQL answer. */
export function readAnswer(text: string): SubgraphAnswer | undefined {
  const answer = parsed(text)
  if (!isRecord(answer)) return undefined
  const { data, errors } = answer
  if (data !== undefined && data !== null && !isRecord(data)) return undefined
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

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isErrors = (value: unknown): value is GraphQLFormattedError[] =>
  Array.isArray(value) && value.every((error) => isRecord(error) && typeof error['message'] === 'string')
