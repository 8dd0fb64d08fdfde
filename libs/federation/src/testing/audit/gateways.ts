import { Supergraph } from '@apollo/federation-internals'
import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway'
import { QueryPlanner } from '@graphql-hive/router-query-planner'
import { type ExecutionResult, parse, specifiedRules, validate } from 'graphql'
import { ApolloPlanner } from '../../planner/apollo-planner'
import { HivePlanner } from '../../planner/hive-planner'
import type { Planner } from '../../planner/planner'
import type { AuditGraph } from './audit-graph'

/** Answers queries over a graph, as a gateway does that has just loaded its supergraph. */
export type Answer = (query: string) => Promise<ExecutionResult>
export type Gateway = (graph: AuditGraph) => Answer

type RequestContext = Parameters<typeof executeQueryPlan>[2]

/** Everything of Apollo's own. */
export const apolloGateway: Gateway = (graph) => referenceExecution(graph, new ApolloPlanner(graph.supergraphSdl))

export const hivePlansByApolloExecutor: Gateway = (graph) =>
  referenceExecution(graph, new HivePlanner(QueryPlanner, graph.supergraphSdl))

function referenceExecution(graph: AuditGraph, planner: Planner): Answer {
  const supergraph = Supergraph.build(graph.supergraphSdl)
  const apiSchema = supergraph.apiSchema()
  const schema = apiSchema.toGraphQLJSSchema()
  const supergraphSchema = supergraph.schema.toGraphQLJSSchema()
  const services: ServiceMap = Object.fromEntries(
    [...graph.subgraphs].map(([name, subgraph]) => [
      name,
      { process: async ({ request }) => await subgraph.answer(request as never) } as ServiceMap[string],
    ]),
  )
  return async (text) => {
    const document = parse(text)
    const errors = validate(schema, document, specifiedRules)
    if (errors.length > 0) return { errors }
    const context = {
      request: { variables: {} },
      context: {},
      metrics: {},
      logger: console,
    } as unknown as RequestContext
    const operation = buildOperationContext({ schema, operationDocument: document })
    return await executeQueryPlan(
      planner.plan(document, text, ''),
      services,
      context,
      operation,
      supergraphSchema,
      apiSchema,
    )
  }
}
