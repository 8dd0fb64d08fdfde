import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { execute, type ExecutionResult, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql'
import type { FetchAnswer } from '../../operations/execution'
import type { Suite, SuiteSubgraph } from './suite'

/** What a gateway sends to a subgraph. */
interface SubgraphRequest {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  readonly operationName?: string | undefined
}

/** A subgraph in memory. Requests and answers are copied as JSON, as they would be over a network. */
export class AuditSubgraph {
  /** How many requests it has had. */
  asked = 0
  readonly #schema: GraphQLSchema

  constructor({ typeDefs, resolvers }: SuiteSubgraph) {
    this.#schema = buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as never })
  }

  /** Takes the body of a request and gives that of the answer, parsed. */
  async answer(body: string): Promise<FetchAnswer> {
    const { query, variables, operationName } = JSON.parse(body) as SubgraphRequest
    this.asked += 1
    const document = parse(query)
    const errors = validate(this.#schema, document, specifiedRules)
    if (errors.length > 0) return copyOf({ data: null, errors: errors.map((error) => error.toJSON()) })
    const result: ExecutionResult = await execute({
      schema: this.#schema,
      document,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
      contextValue: {},
    })
    return copyOf({ data: result.data ?? null, ...(result.errors && { errors: result.errors }) })
  }
}

const copyOf = <Value>(value: unknown): Value => JSON.parse(JSON.stringify(value)) as Value

export interface AuditGraph {
  readonly supergraphSdl: string
  readonly subgraphs: ReadonlyMap<string, AuditSubgraph>
}

export function auditGraphOf({ id, subgraphs }: Suite): AuditGraph {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, typeDefs }) => ({ name, typeDefs: parse(typeDefs), url: `http://${name}.invalid/graphql` })),
  )
  if (supergraphSdl === undefined) {
    throw new Error(`${id} does not compose: ${errors.map(({ message }) => message).join('; ')}`)
  }
  return {
    supergraphSdl,
    subgraphs: new Map(subgraphs.map((subgraph) => [subgraph.name, new AuditSubgraph(subgraph)])),
  }
}
