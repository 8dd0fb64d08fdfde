import { DomainError } from '@parley/kernel/errors'
import { type ExecutionResult, GraphQLError } from 'graphql'

/**
 * When a subgraph leaves out a non-null value, the gateway package nulls the data and reports it in `extensions` only.
 * A client could not distinguish that from a real null, so it is turned into errors here.
 */
export function liftMissingValues(result: ExecutionResult): ExecutionResult {
  const missing = result.extensions?.['valueCompletion']
  if (!Array.isArray(missing)) return result
  const { valueCompletion: _, ...extensions } = result.extensions ?? {}
  const lifted = missing.filter((error) => error instanceof GraphQLError)
  const errors = [...(result.errors ?? []), ...lifted.map(asMissing)]
  const { extensions: _all, ...rest } = result
  return { ...rest, errors, ...(Object.keys(extensions).length === 0 ? {} : { extensions }) }
}

const missingSentence = 'Something that belongs here could not be found.'

/** The error that a client sees for a missing value. */
export const asMissing = ({ path }: GraphQLError): GraphQLError =>
  new GraphQLError(missingSentence, {
    ...(path === undefined ? {} : { path }),
    originalError: new DomainError('state', 'NOT_FOUND', missingSentence),
  })
