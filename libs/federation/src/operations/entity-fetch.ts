import type { FetchNode } from '@apollo/query-planner'
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql'
import type { Execution, FetchAnswer } from './execution'
import { compileParts } from './fetch-body'
import { PlannedFetch } from './fetch-operation'
import { copyOf, type JsonObject } from './json-value'
import { merge } from './merge'
import type { ConcretePath, DataPath } from './paths'
import { compileRepresentation, type Represent } from './representation'
import { rewrite } from './rewrites'
import { ErrorPaths, subgraphError } from './subgraph-error'

/** Entities that one request fetches for one place of the plan. */
interface Place {
  readonly path: DataPath
  readonly represent: Represent
}

/** The entities of a place with the number that each representation has in the request. */
interface Asked {
  readonly path: DataPath
  readonly entities: JsonObject[]
  readonly numbers: number[]
}

interface Sharing {
  /** How many entities the subgraph was asked for. */
  readonly count: number
  /** Several entities get the same answer. */
  readonly isShared: boolean
}

/**
 * A fetch of entities: one request for the same fields of several places. Entities with the same representation are
 * asked for once.
 */
export class EntityFetch {
  readonly #parts: ReturnType<typeof compileParts>
  readonly #places: readonly Place[]

  constructor(
    private readonly node: FetchNode,
    private readonly schema: GraphQLSchema,
    places: readonly { readonly node: FetchNode; readonly path: DataPath }[],
  ) {
    this.#parts = compileParts(node)
    this.#places = places.map((place) => ({
      path: place.path,
      represent: compileRepresentation(place.node, schema),
    }))
  }

  /** `cursors` holds the data of each place. */
  async run(execution: Execution, cursors: readonly unknown[]): Promise<void> {
    try {
      const numbers = new Map<string, number>()
      const asked = this.#places.map((place, index) => askedOf(place, cursors[index], numbers)).filter(isAnything)
      if (asked.length === 0) return
      const answer = await this.#send(execution, [...numbers.keys()], asked)
      const isShared = asked.reduce((count, { entities }) => count + entities.length, 0) > numbers.size
      for (const each of asked) this.#place(execution, each, answer, { count: numbers.size, isShared })
    } catch (error) {
      execution.errors.push(error as Error)
    }
  }

  async #send(execution: Execution, texts: readonly string[], asked: readonly Asked[]): Promise<FetchAnswer> {
    let isMissing = false
    const missingPaths = () => {
      isMissing = true
      return asked.flatMap(({ entities }) => entities).map((_, index) => ['_entities', index])
    }
    const partsFor = (all: readonly string[]) => this.#parts(execution.variables, all.join(','))
    const entities = { fetch: this, representations: texts, partsFor }
    const fetch = new PlannedFetch(() => partsFor(texts), false, missingPaths, entities)
    const answer = await execution.ask(this.node.serviceName, fetch)
    if (answer.errors !== undefined) this.#report(execution, answer.errors, asked, isMissing)
    return answer
  }

  /** The errors of each place, in the order of its entities as if each had been asked for by itself. */
  #report(
    execution: Execution,
    errors: readonly GraphQLFormattedError[],
    asked: readonly Asked[],
    isMissing: boolean,
  ): void {
    let before = 0
    for (const { path, entities, numbers } of asked) {
      const paths = new ErrorPaths(execution, path)
      const found: [index: number, error: GraphQLFormattedError, below: ConcretePath][] = []
      for (const error of errors) {
        const [, number, ...below] = error.path ?? []
        if (typeof number !== 'number') {
          execution.errors.push(subgraphError(error, this.node.serviceName, paths.ofField(error.path)))
        } else if (isMissing) {
          if (number >= before && number < before + entities.length) found.push([number - before, error, below])
        } else {
          for (const [index, each] of numbers.entries()) if (each === number) found.push([index, error, below])
        }
      }
      found.sort(([one], [other]) => one - other)
      for (const [index, error, below] of found)
        execution.errors.push(subgraphError(error, this.node.serviceName, paths.ofEntity(index, below)))
      before += entities.length
    }
  }

  #place(
    execution: Execution,
    { entities, numbers }: Asked,
    { data }: FetchAnswer,
    { count, isShared }: Sharing,
  ): void {
    try {
      if (!data) return
      const received = data['_entities']
      if (!Array.isArray(received)) throw new Error('Expected "data._entities" in response to be an array')
      if (received.length !== count) throw new Error(`Expected "data._entities" to contain ${count} elements`)
      for (const [index, entity] of entities.entries()) this.#merge(entity, received[numbers[index] ?? 0], isShared)
    } catch (error) {
      execution.errors.push(error as Error)
    }
  }

  #merge(entity: JsonObject, received: unknown, isShared: boolean): void {
    if (!received) return
    if (typeof received !== 'object') throw new TypeError('An entity is an object')
    const { outputRewrites } = this.node
    if (outputRewrites === undefined || outputRewrites.length === 0) {
      merge(entity, received, isShared)
      return
    }
    const copy = copyOf(received) as JsonObject
    copy['__typename'] ||= entity['__typename']
    rewrite(this.schema, outputRewrites, copy)
    merge(entity, copy)
  }
}

function askedOf({ path, represent }: Place, cursor: unknown, numbers: Map<string, number>): Asked {
  const asked: Asked = { path, entities: [], numbers: [] }
  for (const entity of Array.isArray(cursor) ? cursor : [cursor]) {
    if (entity === null || entity === undefined) continue
    const text = represent(entity)
    if (text === null) continue
    let number = numbers.get(text)
    if (number === undefined) numbers.set(text, (number = numbers.size))
    asked.entities.push(entity as JsonObject)
    asked.numbers.push(number)
  }
  return asked
}

const isAnything = ({ entities }: Asked): boolean => entities.length > 0
