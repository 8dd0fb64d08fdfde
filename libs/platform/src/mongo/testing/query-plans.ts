import mongoose, { type Connection, type mongo } from 'mongoose'
import type { QueryPlan } from '../../testing/query-plans'
import { mongoOptions } from '../open-mongo'

type Document = Record<string, unknown>

/** The filter and the sort order of a command. */
interface Query {
  readonly collection: string
  readonly filter: Document
  readonly sort?: Document
  /** It names its index. */
  readonly isHinted?: boolean
}

export interface ObservedCommands {
  readonly plans: readonly QueryPlan[]
  /** Names of commands that the driver would have retried by itself. */
  readonly retryable: readonly string[]
}

/**
 * Runs work on a connection that reports every command, and asks the engine for the plan of each distinct query among
 * them. Updates and deletes are explained as finds with their filter: the search is the part that may scan.
 */
export async function observeCommands(
  url: string,
  database: string,
  work: (connection: Connection) => Promise<void>,
): Promise<ObservedCommands> {
  const options = { ...mongoOptions, dbName: database, monitorCommands: true }
  const connection = await mongoose.createConnection(url, options).asPromise()
  const commands: Document[] = []
  try {
    connection.getClient().on('commandStarted', ({ command }: mongo.CommandStartedEvent) => commands.push(command))
    await work(connection)
    const seen = [...commands]
    const queries = new Map(seen.flatMap(queriesIn).map((query) => [shapeOf(query), query]))
    const plans: QueryPlan[] = []
    for (const [shape, query] of queries) {
      const steps = await explain(connection, query)
      const slow = steps.filter((stage) => stage === 'COLLSCAN' || stage === 'SORT')
      // The server in Rust scans the collection for any hint, and its plan does not show it.
      plans.push({ query: shape, steps, faults: query.isHinted === true ? ['HINT', ...slow] : slow })
    }
    // A number in a transaction is that of the transaction.
    const isRetryable = (command: Document) => 'txnNumber' in command && !('autocommit' in command)
    const retryable = seen.filter(isRetryable).map((command) => Object.keys(command)[0] ?? '')
    return { plans, retryable }
  } finally {
    await connection.close()
  }
}

const withoutQuery = new Set([
  'insert',
  'getMore',
  'killCursors',
  'commitTransaction',
  'abortTransaction',
  'endSessions',
  'hello',
  'ping',
])

/** Throws for a command that it does not know, because an unchecked command may scan. */
function queriesIn(command: Document): readonly Query[] {
  const [name = '', collection] = Object.entries(command)[0] ?? []
  // The driver keeps a sort order as a Map.
  const of = (filter: unknown, sort?: unknown): Query => ({
    collection: String(collection),
    filter: (filter ?? {}) as Document,
    ...(sort === undefined ? {} : { sort: (sort instanceof Map ? Object.fromEntries(sort) : sort) as Document }),
  })
  switch (name) {
    case 'find':
      return [{ ...of(command['filter'], command['sort']), isHinted: 'hint' in command }]
    case 'update':
      return (command['updates'] as { q: Document }[]).map(({ q }) => of(q))
    case 'delete':
      return (command['deletes'] as { q: Document }[]).map(({ q }) => of(q))
    case 'aggregate': {
      const [first] = command['pipeline'] as Document[]
      return [of(first?.['$match'])]
    }
    default:
      if (withoutQuery.has(name)) return []
      throw new Error(`How to explain the command ${name} is not known`)
  }
}

/** The collection, the filter with the types of its values, and the sort order. */
const shapeOf = ({ collection, filter, sort }: Query): string =>
  `${collection} ${JSON.stringify(kindsIn(filter))}${sort === undefined ? '' : ` by ${JSON.stringify(sort)}`}`

function kindsIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [kindsIn(value[0])]
  if (value === null || typeof value !== 'object') return typeof value
  if (value instanceof Date) return 'date'
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, kindsIn(inner)]))
}

async function explain(connection: Connection, { collection, filter, sort }: Query): Promise<readonly string[]> {
  const find = { find: collection, filter, ...(sort === undefined ? {} : { sort }) }
  const answer = await connection.getClient().db(connection.name).command({ explain: find, verbosity: 'queryPlanner' })
  const { winningPlan } = (answer as { queryPlanner: { winningPlan: Document } }).queryPlanner
  return stagesIn(winningPlan)
}

function stagesIn(plan: unknown): string[] {
  if (plan === null || typeof plan !== 'object') return []
  const stage = 'stage' in plan ? [String(plan.stage)] : []
  return [...stage, ...Object.values(plan).flatMap(stagesIn)]
}
