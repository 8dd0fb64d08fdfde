import { flushCompileCache } from 'node:module'
import { setPriority } from 'node:os'
import type { QueryPlan } from '@apollo/query-planner'
import type { HivePlanner as Hive } from '@parley/federation/planner/hive-planner'
import type { Planner } from '@parley/federation/planner/planner'
import { GraphQLError, Kind, NoSchemaIntrospectionCustomRule, parse, specifiedRules, validate } from 'graphql'

// The entry point of the planning process. It imports packages only, so that Node can run this source unbuilt (in
// tests), and Apollo's planner only when it is needed, since it takes most of the time to load.

/** The first message to the process; documents follow. */
export interface PlanningData {
  readonly sdl: string
  readonly introspection: boolean
}

/** The result for a document: valid with a plan for each operation, or not. */
export type Finding =
  | { readonly kind: 'planned'; readonly plans: readonly NamedPlan[] }
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] }
  /** It exceeded the stack, time or memory limit. */
  | { readonly kind: 'exhausting' }
  /** A defect of the validator or the planner; the reason is for the log. */
  | { readonly kind: 'failed'; readonly reason: string }

export interface NamedPlan {
  /** Empty for an anonymous operation. */
  readonly name: string
  readonly plan: QueryPlan
}

export interface Fault {
  readonly message: string
  readonly positions: readonly number[]
}

/** The first message from the process, before its findings. */
export type Ready =
  { readonly kind: 'ready'; readonly isNative: boolean } | { readonly kind: 'unusable'; readonly reason: string }

const reportedFaults = 20
/** Lower priority than the process that serves requests: a third of its CPU weight on a shared core. */
const niceness = 15

const apolloPlanner = async (sdl: string): Promise<Planner> =>
  new (await import('@parley/federation/planner/apollo-planner')).ApolloPlanner(sdl)

/** Undefined on a platform that it is not built for. */
async function hivePlanner(sdl: string): Promise<Hive | undefined> {
  const native = await import('@graphql-hive/router-query-planner').catch(() => undefined)
  if (native === undefined) return undefined
  const { HivePlanner } = await import('@parley/federation/planner/hive-planner')
  return new HivePlanner(native.QueryPlanner, sdl)
}

function finderWith(planner: Planner, { sdl, introspection }: PlanningData): (text: string) => Promise<Finding> {
  let reference: Promise<Planner> | undefined
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  return async (text) => {
    const document = parse(text)
    const faults = validate(planner.apiSchema, document, rules, { maxErrors: reportedFaults })
    if (faults.length > 0) return { kind: 'invalid', faults: faults.map(faultOf) }
    const plans: NamedPlan[] = []
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue
      const name = definition.name?.value ?? ''
      try {
        plans.push({ name, plan: planner.plan(document, text, name) })
      } catch (error) {
        if (!isUnsupported(error)) throw error
        reference ??= apolloPlanner(sdl)
        plans.push({ name, plan: (await reference).plan(document, text, name) })
      }
    }
    return { kind: 'planned', plans }
  }
}

const isUnsupported = (error: unknown): boolean => error instanceof Error && error.name === 'UnsupportedPlan'

const faultOf = ({ message, positions }: GraphQLError): Fault => ({ message, positions: [...(positions ?? [])] })

/** An exception of the validator or the planner concerns this document only and must not end the process. */
async function attempt(find: () => Promise<Finding>): Promise<Finding> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof GraphQLError) return { kind: 'invalid', faults: [faultOf(error)] }
    if (error instanceof RangeError) return { kind: 'exhausting' }
    return { kind: 'failed', reason: reasonOf(error) }
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))

const send = (message: Ready | Finding): void => void process.send?.(message)

async function work(data: PlanningData): Promise<void> {
  const native = await hivePlanner(data.sdl)
  const find = finderWith(native ?? (await apolloPlanner(data.sdl)), data)
  // Requests may wait for this process to start, so its priority is lowered only after loading.
  if (process.platform !== 'win32') setPriority(niceness)
  process.on('message', (text: string) => void attempt(() => find(text)).then(send))
  send({ kind: 'ready', isNative: native !== undefined })
  // It is ended by a signal, and Node would write what it compiled only at a normal exit.
  flushCompileCache()
}

// A terminal and a supervisor signal the whole group; the gateway needs its planner while it drains, and then ends it.
process.on('SIGINT', () => undefined).on('SIGTERM', () => undefined)
process.once('disconnect', () => process.exit())
process.once('message', (data: PlanningData) => {
  work(data).catch((error: unknown) => send({ kind: 'unusable', reason: reasonOf(error) }))
})
