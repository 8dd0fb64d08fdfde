import type { QueryPlan } from '@apollo/query-planner'
import type { QueryPlanner } from '@graphql-hive/router-query-planner'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import { apiSchemaOf } from './api-schema'
import { convertPlan } from './hive-conversion'
import { hasUnreadableNumber, plannable } from './plannable'
import type { Planner } from './planner'
import { UnsupportedPlan } from './unsupported-plan'

type NativePlanner = new (supergraphSdl: string) => Pick<QueryPlanner, 'plan' | 'consumerSchema'>

const noLabels = new Set<string>()

/**
 * The Rust planner of Hive Router behind the interface of Apollo's. The caller loads it, since it is not built for
 * every platform.
 */
export class HivePlanner implements Planner {
  readonly apiSchema: GraphQLSchema
  readonly #planner: InstanceType<NativePlanner>

  constructor(Native: NativePlanner, supergraphSdl: string) {
    this.#planner = new Native(supergraphSdl)
    this.apiSchema = apiSchemaOf(this.#planner.consumerSchema)
  }

  /** Throws `UnsupportedPlan` for the little that only Apollo's planner can plan. */
  plan(document: DocumentNode, text: string, operationName: string): QueryPlan {
    if (hasUnreadableNumber(document, text)) throw new UnsupportedPlan('A number that the parser does not know')
    const name = operationName === '' ? undefined : operationName
    const plan = convertPlan(this.#planner.plan(plannable(document, text), name, noLabels, 0), name)
    return isOfNothing(plan) ? { kind: 'QueryPlan' } : plan
  }
}

/** Executors know the type of the root. */
const isOfNothing = ({ node }: QueryPlan): boolean =>
  node?.kind === 'Fetch' && /^(query( \w+)?)?\{__typename\}$/.test(node.operation)
