import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { Execution } from './execution'
import { type ConcretePath, concretePathsAt, type DataPath } from './paths'

const unnamed = 'DOWNSTREAM_SERVICE_ERROR'

/** An error of a subgraph with its path in the client's answer, in the form of the gateway package. */
export function subgraphError(
  error: GraphQLFormattedError,
  subgraph: string,
  path: ConcretePath | undefined,
): GraphQLError {
  const { message, extensions } = error
  const code = extensions?.['code'] || unnamed
  return new GraphQLError(message || `Error while fetching subquery from service "${subgraph}"`, {
    // The constructor takes a stack from here if there is one.
    originalError: error as never,
    ...(path === undefined ? {} : { path }),
    extensions: { ...extensions, serviceName: subgraph, code },
  })
}

/** Translates the paths of errors within one fetch; the paths of entities are looked up once, and only for an error. */
export class ErrorPaths {
  #entities: readonly ConcretePath[] | undefined

  constructor(
    private readonly execution: Execution,
    private readonly path: DataPath,
  ) {}

  ofField(path: ConcretePath | undefined): ConcretePath | undefined {
    return path === undefined ? undefined : [...this.path.steps, ...path]
  }

  /** `below` is the path of the error inside of an entity. */
  ofEntity(index: number, below: ConcretePath): ConcretePath {
    this.#entities ??= concretePathsAt(this.execution.data, this.path)
    return [...(this.#entities[index] ?? []), ...below]
  }
}
