import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Supergraph } from '@apollo/federation-internals'
import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway'
import type { QueryPlan } from '@apollo/query-planner'
import { QueryPlanner } from '@graphql-hive/router-query-planner'
import { ApolloPlanner } from '@parley/federation/planner/apollo-planner'
import { HivePlanner } from '@parley/federation/planner/hive-planner'
import type { Planner } from '@parley/federation/planner/planner'
import { type ExecutionResult, Kind, type OperationDefinitionNode, parse, validate } from 'graphql'
import { readRoverConfig, root } from './rover-config.ts'
import { InventedGraph } from './testing/invented-graph.ts'
import { Operations } from './testing/operations.ts'

// SEED=7 COUNT=10000 npm test -- unit planners
const seed = Number(process.env['SEED'] ?? 20_261_128)
const count = Number(process.env['COUNT'] ?? 300)

const sdl = readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8')
const manifest = JSON.parse(readFileSync(join(root, 'web/trusted-documents.json'), 'utf8')) as {
  operations: { name: string; body: string }[]
}
const supergraph = Supergraph.build(sdl)
const apiSchema = supergraph.apiSchema()
const schema = apiSchema.toGraphQLJSSchema()
const supergraphSchema = supergraph.schema.toGraphQLJSSchema()
const whole = new InventedGraph(schema)
const subgraphs = readRoverConfig().map(({ name, file }) => ({
  name,
  graph: InventedGraph.ofSubgraph(readFileSync(join(root, file), 'utf8')),
}))
const services: ServiceMap = Object.fromEntries(
  subgraphs.map(({ name, graph }) => [
    name,
    { process: async ({ request: { query = '', variables } }) => await graph.answer(query, variables) },
  ]),
)
const apollo = new ApolloPlanner(sdl)
const hive = new HivePlanner(QueryPlanner, sdl)

async function run(planner: Planner, text: string, variables: Record<string, unknown>): Promise<ExecutionResult> {
  const document = parse(text)
  const plan = asQuery(planner.plan(document, text, nameOf(document.definitions[0] as OperationDefinitionNode)))
  const request = { request: { variables }, context: {}, metrics: {}, logger: console } as never
  const operation = buildOperationContext({ schema, operationDocument: document })
  const result = await executeQueryPlan(plan, services, request, operation, supergraphSchema, apiSchema)
  return JSON.parse(JSON.stringify(result)) as ExecutionResult
}

const nameOf = ({ name }: OperationDefinitionNode): string => name?.value ?? ''

/** The primary of a subscription is executed as a query is: its answer is one event. */
function asQuery({ node }: QueryPlan): QueryPlan {
  if (node?.kind !== 'Subscription') return { kind: 'QueryPlan', ...(node && { node }) }
  const { primary, rest } = node
  return { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: rest === undefined ? [primary] : [primary, rest] } }
}

test.each(manifest.operations)('the plans of $name give equal answers', async ({ body }) => {
  const definition = parse(body).definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)
  const values = new Operations(schema, seed).valuesFor(definition!)
  const expected = await run(apollo, body, values)
  expect(expected.errors).toBeUndefined()
  expect(await run(hive, body, values)).toEqual(expected)
  expect(expected.data).toEqual((await whole.answer(body, values)).data)
})

test(`${count} operations get the answers of one schema that knows everything (seed ${seed})`, async () => {
  const operations = new Operations(schema, seed)
  for (let index = 0; index < count; index += 1) {
    const { text, variables } = operations.next()
    expect({ text, errors: validate(schema, parse(text)) }).toEqual({ text, errors: [] })
    const { data } = await run(hive, text, variables)
    expect({ text, variables, data }).toEqual({ text, variables, data: (await whole.answer(text, variables)).data })
  }
}, 600_000)
