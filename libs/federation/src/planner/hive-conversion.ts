import type { FetchNode, FlattenNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner'
import type * as Hive from '@graphql-hive/router-query-planner'
import { OperationTypeNode } from 'graphql'
import { operationOfAlias } from './batch-operation'
import { ofTypes, renamersOf, requiresOf, rewritesOf } from './hive-selections'
import { UnsupportedPlan } from './unsupported-plan'

/**
 * A step into a result, with the types that an object must have for the step. Apollo's executor knows paths without
 * types and ignores this; for it the types of the entity itself are conditions of `requires`.
 */
export interface TypedFlattenNode extends FlattenNode {
  /** By index in `path`: the types of the object before that step; the index after the last is the entity itself. */
  readonly types?: Readonly<Record<number, readonly string[]>>
}

const kinds = {
  query: OperationTypeNode.QUERY,
  mutation: OperationTypeNode.MUTATION,
  subscription: OperationTypeNode.SUBSCRIPTION,
}

interface Fetch {
  readonly serviceName: string
  readonly operation: string
  readonly operationKind?: keyof typeof kinds
  readonly variableUsages?: readonly string[]
  readonly requires?: Hive.RequiresSelection[]
  readonly inputRewrites?: Hive.InputRewrite[]
  readonly outputRewrites?: Hive.OutputRewrite[]
}

/** A plan of the Rust planner in the shape of Apollo's, its fetches named as Apollo's planner names them. */
export function convertPlan({ node }: Hive.QueryPlan, operationName: string | undefined): QueryPlan {
  if (node === undefined) return { kind: 'QueryPlan' }
  const conversion = new Conversion(operationName)
  const [first, ...rest] = node.kind === 'Sequence' ? node.nodes : [node]
  if (first?.kind !== 'Subscription') return { kind: 'QueryPlan', node: conversion.node(node) }
  const primary = conversion.fetch(first.primary)
  const subscription: SubscriptionNode = { kind: 'Subscription', primary }
  if (rest.length > 0)
    subscription.rest = several(
      'Sequence',
      rest.map((each) => conversion.node(each)),
    )
  return { kind: 'QueryPlan', node: subscription }
}

class Conversion {
  readonly #operationName: string | undefined
  #fetches = 0

  constructor(operationName: string | undefined) {
    this.#operationName = operationName
  }

  node(node: Hive.PlanNode): PlanNode {
    switch (node.kind) {
      case 'Fetch':
        return this.fetch(node)
      case 'BatchFetch':
        return this.#batch(node)
      case 'Sequence':
      case 'Parallel':
        return { kind: node.kind, nodes: node.nodes.map((each) => this.node(each)) }
      case 'Flatten':
        return flatten(node.path, (types) => this.#inner(node.node, types))
      case 'Condition':
        return {
          kind: 'Condition',
          condition: node.condition,
          ...(node.ifClause && { ifClause: this.node(node.ifClause) }),
          ...(node.elseClause && { elseClause: this.node(node.elseClause) }),
        }
      case 'Subscription':
      case 'Defer':
        throw new UnsupportedPlan(`A ${node.kind} node within a plan`)
    }
  }

  fetch(fetch: Fetch, types?: readonly string[], name = this.#name(fetch.serviceName)): FetchNode {
    const { serviceName, variableUsages, requires, operationKind = kindOf(fetch.operation) } = fetch
    const inputRewrites = [...rewritesOf(fetch.inputRewrites), ...renamersOf(requires)]
    const outputRewrites = rewritesOf(fetch.outputRewrites)
    return {
      kind: 'Fetch',
      serviceName,
      variableUsages: [...(variableUsages ?? [])],
      ...(requires && { requires: ofTypes(types, requiresOf(requires)) }),
      operation: name === undefined ? fetch.operation : named(fetch.operation, name),
      operationName: name,
      operationKind: kinds[operationKind],
      ...(inputRewrites.length > 0 && { inputRewrites }),
      ...(outputRewrites.length > 0 && { outputRewrites }),
    }
  }

  /** The types of the entity itself are conditions of the one fetch below. */
  #inner(node: Hive.PlanNode, types: readonly string[] | undefined): PlanNode {
    if (types === undefined) return this.node(node)
    if (node.kind !== 'Fetch') throw new UnsupportedPlan(`A ${node.kind} node below a condition on the type`)
    return this.fetch(node, types)
  }

  /**
   * One request for the entities at several paths becomes a fetch for each path. Those of one alias are the same
   * operation under the same name, so that an executor can join them again.
   */
  #batch({ entityBatch, serviceName, operation, operationKind = kindOf(operation) }: Hive.BatchFetchNode): PlanNode {
    const nodes = entityBatch.aliases.flatMap((alias) => {
      const name = this.#name(serviceName)
      const { inputRewrites, outputRewrites, requires } = alias
      const fetch: Fetch = {
        serviceName,
        operationKind,
        requires,
        ...operationOfAlias(operation, alias),
        ...(inputRewrites && { inputRewrites }),
        ...(outputRewrites && { outputRewrites }),
      }
      // The planner gives these paths in any order.
      const paths = alias.paths.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      return paths.map((path) => flatten(path, (types) => this.fetch(fetch, types, name)))
    })
    return several('Parallel', nodes)
  }

  #name(service: string): string | undefined {
    return this.#operationName && `${this.#operationName}__${validNameOf(service)}__${this.#fetches++}`
  }
}

function several(kind: 'Sequence' | 'Parallel', nodes: PlanNode[]): PlanNode {
  const [only] = nodes
  return nodes.length === 1 && only !== undefined ? only : { kind, nodes }
}

function flatten(
  segments: readonly Hive.FlattenNodePathSegment[],
  below: (types: readonly string[] | undefined) => PlanNode,
): TypedFlattenNode {
  const path: string[] = []
  const types: Record<number, readonly string[]> = {}
  for (const segment of segments) {
    if (segment === '@') path.push(segment)
    else if ('Field' in segment) path.push(segment.Field)
    else types[path.length] = both(types[path.length], segment.TypeCondition)
  }
  const node = below(types[path.length])
  return { kind: 'Flatten', path, node, ...(Object.keys(types).length > 0 && { types }) }
}

/** Of two conditions at one place both must hold. */
const both = (one: readonly string[] | undefined, other: readonly string[]): readonly string[] =>
  one === undefined ? other : one.filter((type) => other.includes(type))

/** By its keyword: a mutation must never pass for a query, which may be sent again. */
function kindOf(operation: string): keyof typeof kinds {
  const keyword = /^\s*(\w*)/.exec(operation)?.[1]
  return keyword === 'mutation' || keyword === 'subscription' ? keyword : 'query'
}

/** The planner leaves out the keyword of an anonymous query. */
const named = (operation: string, name: string): string =>
  operation.startsWith('{') ? `query ${name}${operation}` : operation.replace(/^\w+/, (keyword) => `${keyword} ${name}`)

function validNameOf(subgraph: string): string {
  const valid = subgraph.replaceAll('-', '_').replaceAll(/\W/g, '')
  return /^\d/.test(valid) ? `_${valid}` : valid
}
