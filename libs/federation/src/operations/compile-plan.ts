import type { FetchNode, FlattenNode, ParallelNode, PlanNode } from '@apollo/query-planner'
import { type GraphQLSchema, OperationTypeNode } from 'graphql'
import { EntityFetch } from './entity-fetch'
import type { Execution, Step, Variables } from './execution'
import { compileParts, rootPaths, usesReservedVariable } from './fetch-body'
import { PlannedFetch } from './fetch-operation'
import type { JsonObject } from './json-value'
import { merge } from './merge'
import { type DataPath, joinPaths, rootPath, valuesAt } from './paths'
import { rewrite } from './rewrites'
import { ErrorPaths, subgraphError } from './subgraph-error'
import { Unusual } from './unusual'

type Defaults = (variable: string) => unknown

/** Compiles the nodes of plans for one supergraph. */
export class PlanCompiler {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly defaults: Defaults,
  ) {}

  /** Throws Unusual. */
  compile(node: PlanNode, path = rootPath): Step {
    switch (node.kind) {
      case 'Sequence':
        return inSequence(node.nodes.map((each) => this.compile(each, path)))
      case 'Parallel':
        return this.#parallel(node, path)
      case 'Flatten':
        return this.#flatten(node, path)
      case 'Fetch':
        return this.#fetch(node, path)
      case 'Condition': {
        const { ifClause, elseClause } = node
        const [yes, no] = [ifClause, elseClause].map((each) => each && this.compile(each, path))
        return (execution, cursor) => (this.#holds(node.condition, execution.variables) ? yes : no)?.(execution, cursor)
      }
      default:
        throw new Unusual(`A plan with a node ${node.kind}`)
    }
  }

  #flatten(node: FlattenNode, path: DataPath): Step {
    const below = pathOf(node)
    const step = this.compile(node.node, joinPaths(path, below))
    return (execution, cursor) => {
      const data = valuesAt(cursor, below)
      return data ? step(execution, data) : undefined
    }
  }

  #fetch(node: FetchNode, path: DataPath): Step {
    assertUsual(node)
    if (node.requires === undefined) return this.#rootFetch(node, path)
    const fetch = new EntityFetch(node, this.schema, [{ node, path }])
    return (execution, cursor) => fetch.run(execution, [cursor])
  }

  /** A fetch of fields of a root type. */
  #rootFetch(node: FetchNode, path: DataPath): Step {
    const parts = compileParts(node)
    const isWrite = node.operationKind === OperationTypeNode.MUTATION
    let missing: ReturnType<typeof rootPaths> | undefined
    return async (execution, cursor) => {
      const places = (Array.isArray(cursor) ? cursor : [cursor]).filter((each) => each !== null && each !== undefined)
      if (places.length === 0) return
      try {
        const missingPaths = () => (missing ??= rootPaths(node))
        const fetch = new PlannedFetch(() => parts(execution.variables), isWrite, missingPaths)
        const answer = await execution.ask(node.serviceName, fetch)
        this.#takeAnswer(execution, node, path, places as JsonObject[], answer)
      } catch (error) {
        execution.errors.push(error as Error)
      }
    }
  }

  /** The fetch of a subscription's plan that an event answers. */
  event(node: FetchNode): Step {
    assertUsual(node)
    return (execution) => {
      try {
        if (execution.event !== undefined)
          this.#takeAnswer(execution, node, rootPath, [execution.data], execution.event)
      } catch (error) {
        execution.errors.push(error as Error)
      }
      return undefined
    }
  }

  #takeAnswer(
    execution: Execution,
    node: FetchNode,
    path: DataPath,
    places: readonly JsonObject[],
    { data, errors }: Awaited<ReturnType<Execution['ask']>>,
  ): void {
    if (errors !== undefined) {
      const paths = new ErrorPaths(execution, path)
      for (const error of errors)
        execution.errors.push(subgraphError(error, node.serviceName, paths.ofField(error.path)))
    }
    if (data) rewrite(this.schema, node.outputRewrites, data)
    for (const place of places) merge(place, data)
  }

  #parallel({ nodes }: ParallelNode, path: DataPath): Step {
    const groups = Map.groupBy(nodes, (node) => kindOf(node) ?? node)
    const steps = [...groups.values()].map((group) => {
      const [first] = group
      return group.length === 1 && first !== undefined ? this.compile(first, path) : this.#joined(group, path)
    })
    return async (execution, cursor) => {
      // Each in a promise of its own: one that throws at once must not hide the failures of the others.
      await Promise.all(steps.map(async (step) => await step(execution, cursor)))
    }
  }

  /** The same fields of entities at several places: one request for all. */
  #joined(nodes: readonly PlanNode[], path: DataPath): Step {
    const places = nodes.flatMap((node) => {
      const fetch = entityFetchIn(node)
      return fetch === undefined ? [] : [fetch]
    })
    const [first] = places
    if (first === undefined) throw new Unusual('A group without a fetch')
    for (const { node } of places) assertUsual(node)
    const all = places.map(({ node, below }) => ({ node, path: joinPaths(path, below) }))
    const fetch = new EntityFetch(first.node, this.schema, all)
    return (execution, cursor) =>
      fetch.run(
        execution,
        places.map(({ below }) => valuesAt(cursor, below)),
      )
  }

  #holds(variable: string, variables: Variables): boolean {
    const given = Object.hasOwn(variables, variable) ? variables[variable] : undefined
    const value = given === undefined ? this.defaults(variable) : given
    if (typeof value !== 'boolean') throw new TypeError(`The variable $${variable} is not a boolean`)
    return value
  }
}

function inSequence(steps: readonly Step[]): Step {
  return async (execution, cursor) => {
    for (const step of steps) await step(execution, cursor)
  }
}

/** Equal for fetches that differ only in the place of their entities (and in the name that the planner gave them). */
function kindOf(node: PlanNode): string | undefined {
  const fetch = entityFetchIn(node)?.node
  if (fetch === undefined) return undefined
  const { serviceName, operation, operationName, variableUsages, inputRewrites, outputRewrites } = fetch
  const anonymous = operationName === undefined ? operation : operation.replace(` ${operationName}`, '')
  return JSON.stringify([serviceName, anonymous, variableUsages, inputRewrites, outputRewrites])
}

function entityFetchIn(node: PlanNode): { node: FetchNode; below: DataPath } | undefined {
  if (node.kind !== 'Flatten' || node.node.kind !== 'Fetch' || node.node.requires === undefined) return undefined
  return { node: node.node, below: pathOf(node) }
}

function assertUsual(node: FetchNode): void {
  if (usesReservedVariable(node)) throw new Unusual('A variable with the name of the planner')
  if (node.contextRewrites !== undefined && node.contextRewrites.length > 0) throw new Unusual('Context arguments')
}

/** Plans of other planners than Apollo's have conditions on types in their paths. */
function pathOf({ path, types = {} }: FlattenNode & { readonly types?: DataPath['types'] }): DataPath {
  const steps = path.map((step) => {
    if (typeof step !== 'string') throw new Unusual('A number in a path')
    return step
  })
  return { steps, types }
}
