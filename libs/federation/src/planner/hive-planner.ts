import type { QueryPlan } from '@apollo/query-planner'
import { QueryPlanner } from '@graphql-hive/router-query-planner'
import { type DocumentNode, Kind, print, visit } from 'graphql'
import { convertPlan } from './hive-conversion'

const noLabels = new Set<string>()

/** The Rust planner of Hive Router behind the interface of Apollo's. It trusts its caller that the document is valid. */
export class HivePlanner {
  readonly #planner: QueryPlanner

  constructor(supergraphSdl: string) {
    this.#planner = new QueryPlanner(supergraphSdl)
  }

  /** Throws when there is no way to a field, or when Apollo's executor could not run the plan (`UnsupportedPlan`). */
  plan(document: DocumentNode, text: string, operationName?: string): QueryPlan {
    const query = text.includes('__schema') || text.includes('__type(') ? print(withoutIntrospection(document)) : text
    const plan = convertPlan(this.#planner.plan(query, operationName, noLabels, 0), operationName)
    return isOfNothing(plan) ? { kind: 'QueryPlan' } : plan
  }
}

/** The planner finds no subgraph for these; executors answer them from the schema. */
const withoutIntrospection = (document: DocumentNode): DocumentNode =>
  visit(document, {
    Field: (field) =>
      field.name.value === '__schema' || field.name.value === '__type'
        ? {
            kind: Kind.FIELD,
            name: { kind: Kind.NAME, value: '__typename' },
            ...(field.directives && { directives: field.directives }),
          }
        : undefined,
  })

/** Executors know the type of the root. */
const isOfNothing = ({ node }: QueryPlan): boolean =>
  node?.kind === 'Fetch' && /^(query( \w+)?)?\{__typename\}$/.test(node.operation)
