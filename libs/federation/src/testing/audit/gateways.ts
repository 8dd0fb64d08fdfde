import { Supergraph } from '@apollo/federation-internals'
import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway'
import { QueryPlanner } from '@graphql-hive/router-query-planner'
import { type ExecutionResult, type GraphQLError, Kind, parse, specifiedRules, validate } from 'graphql'
import { ApolloPlanner } from '../../planner/apollo-planner'
import { HivePlanner } from '../../planner/hive-planner'
import type { Planner } from '../../planner/planner'
import { compileOperation } from '../../operations/compile-operation'
import type { AskSubgraph } from '../../operations/execution'
import type { AuditGraph } from './audit-graph'

/** Answers queries over a graph, as a gateway does that has just loaded its supergraph. */
export type Answer = (query: string) => Promise<ExecutionResult>
export type Gateway = (graph: AuditGraph) => Answer

type RequestContext = Parameters<typeof executeQueryPlan>[2]

/** Everything of Apollo's own. */
export const apolloGateway: Gateway = (graph) => referenceExecution(graph, new ApolloPlanner(graph.supergraphSdl))

export const hivePlansByApolloExecutor: Gateway = (graph) =>
  referenceExecution(graph, new HivePlanner(QueryPlanner, graph.supergraphSdl))

export const hivePlansCompiled: Gateway = (graph) => {
  const planner = new HivePlanner(QueryPlanner, graph.supergraphSdl)
  const supergraph = Supergraph.build(graph.supergraphSdl)
  const apollo = supergraph.apiSchema()
  const schemas = { supergraph: supergraph.schema.toGraphQLJSSchema(), api: apollo.toGraphQLJSSchema(), apollo }
  const ask: AskSubgraph = async (name, { body }) => await graph.subgraphs.get(name)!.answer(body)
  return async (text) => {
    const document = parse(text)
    const errors = validate(schemas.api, document, specifiedRules)
    if (errors.length > 0) return { errors }
    const plan = planner.plan(document, text, '')
    const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!
    const compiled = compileOperation({ plan, operation, document, schemas })
    if (compiled === null) throw new Error('It was not compiled')
    const answer = await compiled.run({}, ask)
    const failures = [...answer.errors, ...answer.missing] as GraphQLError[]
    return { data: JSON.parse(answer.data ?? 'null') as never, ...(failures.length > 0 && { errors: failures }) }
  }
}

function referenceExecution(graph: AuditGraph, planner: Planner): Answer {
  const supergraph = Supergraph.build(graph.supergraphSdl)
  const apiSchema = supergraph.apiSchema()
  const schema = apiSchema.toGraphQLJSSchema()
  const supergraphSchema = supergraph.schema.toGraphQLJSSchema()
  const services: ServiceMap = Object.fromEntries(
    [...graph.subgraphs].map(([name, subgraph]) => [
      name,
      { process: async ({ request }) => await subgraph.answer(JSON.stringify(request)) } as ServiceMap[string],
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
