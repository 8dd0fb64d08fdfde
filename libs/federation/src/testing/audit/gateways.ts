import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway'
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner'
import { type DocumentNode, type ExecutionResult, parse, specifiedRules, validate } from 'graphql'
import { HivePlanner } from '../../planner/hive-planner'
import type { AuditGraph } from './audit-graph'

/** Answers queries over a graph, as a gateway does that has just loaded its supergraph. */
export type Answer = (query: string) => Promise<ExecutionResult>
export type Gateway = (graph: AuditGraph) => Answer

type Plan = (document: DocumentNode, text: string) => QueryPlan
type RequestContext = Parameters<typeof executeQueryPlan>[2]

/** Everything of Apollo's own. */
export const apolloGateway: Gateway = (graph) => {
  const supergraph = Supergraph.build(graph.supergraphSdl)
  const planner = new QueryPlanner(supergraph)
  const apiSchema = supergraph.apiSchema()
  return referenceExecution(graph, supergraph, (document) =>
    planner.buildQueryPlan(operationFromDocument(apiSchema, document)),
  )
}

/** Plans of the Rust planner, run by Apollo's executor. */
export const hivePlansByApolloExecutor: Gateway = (graph) => {
  const planner = new HivePlanner(graph.supergraphSdl)
  return referenceExecution(graph, Supergraph.build(graph.supergraphSdl), (document, text) =>
    planner.plan(document, text),
  )
}

function referenceExecution(graph: AuditGraph, supergraph: Supergraph, plan: Plan): Answer {
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
    return await executeQueryPlan(plan(document, text), services, context, operation, supergraphSchema, apiSchema)
  }
}
