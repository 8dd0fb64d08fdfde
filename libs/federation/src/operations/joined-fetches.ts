import type { AskSubgraph, FetchAnswer, FetchRequest } from './execution'
import { PlannedFetch } from './fetch-operation'
import { copyOf } from './json-value'

interface EntityRequest extends FetchRequest {
  readonly entities: NonNullable<FetchRequest['entities']>
}

interface Asker {
  readonly request: EntityRequest
  /** The numbers that its representations have in the joined request. */
  readonly numbers: readonly number[]
  readonly answer: PromiseWithResolvers<FetchAnswer>
}

/**
 * For executions that run together and with the same variables, such as events of one stream: what they ask of a
 * subgraph at the same moment is one request, and it has each entity once.
 */
export function joinedFetches(ask: AskSubgraph): AskSubgraph {
  const open = new Map<object, JoinedFetch>()
  return (subgraph, request) => {
    if (!asksForEntities(request)) return ask(subgraph, request)
    const { fetch } = request.entities
    const known = open.get(fetch)
    if (known !== undefined) return known.add(request)
    const joined = new JoinedFetch()
    open.set(fetch, joined)
    // When all executions have come as far as they can without an answer.
    process.nextTick(() => {
      open.delete(fetch)
      void joined.send((sent) => ask(subgraph, sent))
    })
    return joined.add(request)
  }
}

const asksForEntities = (request: FetchRequest): request is EntityRequest => request.entities !== undefined

class JoinedFetch {
  readonly #numbers = new Map<string, number>()
  readonly #askers: Asker[] = []

  add(request: EntityRequest): Promise<FetchAnswer> {
    const numbers = request.entities.representations.map((text) => {
      const known = this.#numbers.get(text) ?? this.#numbers.size
      this.#numbers.set(text, known)
      return known
    })
    const answer = Promise.withResolvers<FetchAnswer>()
    this.#askers.push({ request, numbers, answer })
    return answer.promise
  }

  /** Never rejects. */
  async send(ask: (request: FetchRequest) => Promise<FetchAnswer>): Promise<void> {
    const [first] = this.#askers
    if (first === undefined) return
    try {
      if (this.#askers.length === 1) first.answer.resolve(await ask(first.request))
      else await this.#sendJoined(first.request, ask)
    } catch (error) {
      for (const { answer } of this.#askers) answer.reject(error)
    }
  }

  async #sendJoined({ entities }: EntityRequest, ask: (request: FetchRequest) => Promise<FetchAnswer>): Promise<void> {
    const seen = { isMissing: false }
    const missingPaths = () => {
      seen.isMissing = true
      return [['_entities', 0]]
    }
    const representations = [...this.#numbers.keys()]
    const answer = await ask(new PlannedFetch(() => entities.partsFor(representations), false, missingPaths))
    const received = this.#entitiesIn(answer)
    const given = new Set<number>()
    for (const asker of this.#askers) {
      asker.answer.resolve(seen.isMissing ? missing(asker, answer) : partOf(answer, received, asker, given))
    }
  }

  #entitiesIn({ data }: FetchAnswer): readonly unknown[] | null {
    if (data === null) return null
    const received: unknown = data['_entities']
    if (!Array.isArray(received)) throw new Error('Expected "data._entities" in response to be an array')
    if (received.length !== this.#numbers.size)
      throw new Error(`Expected "data._entities" to contain ${this.#numbers.size} elements`)
    return received as readonly unknown[]
  }
}

/** The subgraph has not answered: each execution knows what it misses. */
function missing({ request }: Asker, { errors = [] }: FetchAnswer): FetchAnswer {
  const [error] = errors
  return { data: null, ...(error && { errors: request.missingPaths().map((path) => ({ ...error, path })) }) }
}

function partOf(
  { errors }: FetchAnswer,
  received: readonly unknown[] | null,
  { numbers }: Asker,
  given: Set<number>,
): FetchAnswer {
  const entities = received && numbers.map((number) => own(received[number], number, given))
  const concerned = errors?.flatMap((error) => {
    const [, number, ...below] = error.path ?? []
    if (typeof number !== 'number') return [error]
    const index = numbers.indexOf(number)
    return index < 0 ? [] : [{ ...error, path: ['_entities', index, ...below] }]
  })
  return {
    data: entities && { _entities: entities },
    ...(concerned !== undefined && concerned.length > 0 && { errors: concerned }),
  }
}

/** An answer becomes part of the data of who asked, so the second who gets it gets a copy. */
function own(entity: unknown, number: number, given: Set<number>): unknown {
  if (given.has(number)) return copyOf(entity)
  given.add(number)
  return entity
}
