import type { Subgraph } from '@parley/launcher/workspace'
import type { GraphQLAnswer } from '@parley/testing/client'
import { OperationTypeNode } from 'graphql'
import type { Expectation } from './expectation.ts'

/** The gateway's own deadline, and some time for a busy machine. */
export const deadlineMs = 8_000

/** The result of one operation. */
export interface Asked {
  readonly operation: string
  readonly type: OperationTypeNode
  /** Null when there was none in time, or the connection was lost. */
  readonly answer: GraphQLAnswer<unknown> | null
  readonly milliseconds: number
}

/** Everything that is wrong with the answer while `away` is down; `away` is null for a complete stack. */
export function judge(asked: Asked, expected: Expectation, away: Subgraph | null): readonly string[] {
  const { operation, answer, milliseconds } = asked
  if (answer === null) return [`${operation}: no answer after ${Math.round(milliseconds)} ms`]
  const late = milliseconds > deadlineMs ? [`${operation}: answered after ${Math.round(milliseconds)} ms`] : []
  return [...late, ...wrongCodes(asked, away), ...missingParts(asked, expected, away)]
}

function wrongCodes({ operation, type, answer }: Asked, away: Subgraph | null): readonly string[] {
  const allowed =
    away === null ? [] : type === OperationTypeNode.MUTATION ? ['UNAVAILABLE', 'OUTCOME_UNKNOWN'] : ['UNAVAILABLE']
  const codes = (answer?.errors ?? []).map(({ extensions }) => extensions?.code ?? 'no code')
  const wrong = new Set(codes.filter((code) => !allowed.includes(code)))
  return [...wrong].map((code) => `${operation}: ${code} is no answer to that`)
}

function missingParts({ operation, answer }: Asked, expected: Expectation, away: Subgraph | null): readonly string[] {
  if (away === expected.owner) {
    const isRefused = (answer?.errors ?? []).length > 0
    const isAnswered = expected.whole.every((path) => isThere(answer?.data, path))
    return isRefused || isAnswered ? [] : [`${operation}: neither refused nor answered`]
  }
  const parts = (away === null ? undefined : expected.without?.[away]) ?? expected.whole
  return parts
    .filter((path) => !isThere(answer?.data, path))
    .map((path) => `${operation}: ${path} is missing${codesOf(answer)}`)
}

function isThere(data: unknown, path: string): boolean {
  let value = data
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null) return false
    value = (value as Record<string, unknown>)[step]
  }
  return value !== null && value !== undefined
}

function codesOf(answer: GraphQLAnswer<unknown> | null): string {
  const codes = new Set((answer?.errors ?? []).map(({ extensions }) => extensions?.code ?? 'no code'))
  return codes.size === 0 ? '' : ` (${[...codes].join(', ')})`
}
