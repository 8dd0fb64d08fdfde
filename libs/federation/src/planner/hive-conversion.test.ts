import { parse } from 'graphql'
import { convertPlan } from './hive-conversion'
import { UnsupportedPlan } from './unsupported-plan'

type Plan = Parameters<typeof convertPlan>[0]
type Node = NonNullable<Plan['node']>

const nodeOf = (node: Node, name?: string) => convertPlan({ kind: 'QueryPlan', node }, name).node
const fetch = (operation: string, rest: object = {}): Node => ({
  kind: 'Fetch',
  serviceName: 'my-users',
  operation,
  ...rest,
})
const ofUser = (...selections: object[]) => [{ kind: 'InlineFragment', typeCondition: 'User', selections }] as never

test.each([
  ['{me{id}}', 'query Mine__my_users__0{me{id}}'],
  ['query($a:ID!){user(id:$a){id}}', 'query Mine__my_users__0($a:ID!){user(id:$a){id}}'],
  ['mutation{leave}', 'mutation Mine__my_users__0{leave}'],
])('the operation %s is named as Apollo’s planner names it', (operation, named) => {
  expect(nodeOf(fetch(operation), 'Mine')).toMatchObject({ operation: named, operationName: 'Mine__my_users__0' })
  expect(nodeOf(fetch(operation))).toMatchObject({ operation, operationName: undefined })
})

test.each([
  ['{me{id}}', 'query'],
  ['query($a:ID!){user(id:$a){id}}', 'query'],
  ['{mutation{id}}', 'query'],
  ['mutation{leave}', 'mutation'],
  ['mutation Leave($a:ID!){leave(id:$a)}', 'mutation'],
  ['subscription{ticks}', 'subscription'],
])('the kind of %s is read from its keyword when the planner leaves it out', (operation, operationKind) => {
  expect(nodeOf(fetch(operation))).toMatchObject({ operationKind })
})

test('of two conditions on the type of one place both hold', () => {
  const path = [{ Field: 'who' }, { TypeCondition: ['User', 'Bot'] }, { TypeCondition: ['Bot', 'Guest'] }]
  expect(nodeOf({ kind: 'Flatten', path, node: fetch('{a}') })).toMatchObject({ types: { 1: ['Bot'] } })
})

test('an empty plan stays empty', () => {
  expect(convertPlan({ kind: 'QueryPlan' }, 'Mine')).toEqual({ kind: 'QueryPlan' })
})

test('what follows a subscription is the rest of its node', () => {
  const primary = {
    kind: 'Fetch' as const,
    serviceName: 'log',
    operationKind: 'subscription' as const,
    operation: 'subscription{ticks}',
  }
  const alone = nodeOf({ kind: 'Subscription', primary }, 'Ticks')
  expect(alone).toEqual({
    kind: 'Subscription',
    primary: expect.objectContaining({ operationName: 'Ticks__log__0' }) as unknown,
  })
  const completed = nodeOf({ kind: 'Sequence', nodes: [{ kind: 'Subscription', primary }, fetch('{me{id}}')] }, 'Ticks')
  expect(completed).toMatchObject({
    kind: 'Subscription',
    rest: { kind: 'Fetch', operationName: 'Ticks__my_users__1' },
  })
})

test('types on the way are kept, and those of the entity itself are also conditions of what it requires', () => {
  const requires = ofUser({ kind: 'Field', name: 'id' })
  const path = [
    { Field: 'events' },
    '@' as const,
    { TypeCondition: ['Joined'] },
    { Field: 'who' },
    { TypeCondition: ['User', 'Bot'] },
  ]
  expect(nodeOf({ kind: 'Flatten', path, node: fetch('{a}', { requires }) })).toMatchObject({
    kind: 'Flatten',
    path: ['events', '@', 'who'],
    types: { 2: ['Joined'], 3: ['User', 'Bot'] },
    node: {
      requires: [
        { kind: 'InlineFragment', typeCondition: 'User', selections: requires },
        { kind: 'InlineFragment', typeCondition: 'Bot', selections: requires },
      ],
    },
  })
})

test('an alias of a required field is a renaming, as in plans of Apollo’s', () => {
  const requires = ofUser({
    kind: 'Field',
    name: 'dim',
    selections: [{ kind: 'Field', name: '_internal_0', alias: 'size' }],
  })
  expect(nodeOf(fetch('{a}', { requires }))).toMatchObject({
    requires: ofUser({ kind: 'Field', name: 'dim', selections: [{ kind: 'Field', name: '_internal_0' }] }),
    inputRewrites: [{ kind: 'KeyRenamer', path: ['... on User', 'dim', '_internal_0'], renameKeyTo: 'size' }],
  })
})

test('rewrites for several types are one for each', () => {
  const path = [{ Key: 'all' }, { TypenameEquals: ['A', 'B'] }, { Key: '_internal_0' }]
  expect(nodeOf(fetch('{a}', { outputRewrites: [{ KeyRenamer: { path, renameKeyTo: 'id' } }] }))).toMatchObject({
    outputRewrites: [
      { kind: 'KeyRenamer', path: ['all', '... on A', '_internal_0'], renameKeyTo: 'id' },
      { kind: 'KeyRenamer', path: ['all', '... on B', '_internal_0'], renameKeyTo: 'id' },
    ],
  })
})

describe('a batch of entities', () => {
  const alias = (number: number, ...paths: string[]) => ({
    alias: `_e${number}`,
    representationsVariableName: `__batch_reps_${number}`,
    paths: paths.map((path) => [{ Field: path }]),
    requires: ofUser({ kind: 'Field', name: 'id' }),
  })
  const operation = `query($__batch_reps_0:[_Any!]!, $__batch_reps_1:[_Any!]!, $size:Int){
    _e0: _entities(representations: $__batch_reps_0){...on User{name photo(size: $size)}}
    _e1: _entities(representations: $__batch_reps_1){...on Team{...a}}}
    fragment a on Team {title}`
  const batch = (...aliases: ReturnType<typeof alias>[]): Node => ({
    kind: 'BatchFetch',
    serviceName: 'user',
    operation,
    entityBatch: { aliases },
  })

  test('becomes a fetch for each path, equal for all paths of an alias', () => {
    const node = nodeOf(batch(alias(0, 'b', 'a'), alias(1, 'c')), 'Who')
    expect(node).toMatchObject({ kind: 'Parallel', nodes: [{ path: ['a'] }, { path: ['b'] }, { path: ['c'] }] })
    const [a, b, c] = (node as { nodes: { node: { operation: string; operationName: string } }[] }).nodes.map(
      ({ node }) => node,
    )
    expect(a).toEqual(b)
    expect(a).toMatchObject({
      operation:
        'query Who__user__0($representations:[_Any!]!$size:Int){_entities(representations:$representations){...on User{name photo(size:$size)}}}',
      variableUsages: ['size'],
    })
    expect(c).toMatchObject({ operationName: 'Who__user__1', variableUsages: [] })
    expect(c?.operation).toContain('fragment a on Team{title}')
    for (const each of [a, c]) expect(() => parse(each?.operation ?? '')).not.toThrow()
  })

  test('of one path is one fetch', () => {
    expect(nodeOf(batch(alias(0, 'a')), 'Who')).toMatchObject({ kind: 'Flatten', path: ['a'] })
  })
})

test.each([
  ['a deferred part', { kind: 'Defer', primary: {}, deferred: [] }],
  [
    'a condition on what is required',
    fetch('{a}', { requires: ofUser({ kind: 'InlineFragment', typeCondition: 'A', selections: [], includeIf: 'x' }) }),
  ],
  [
    'a condition on the type of several fetches',
    { kind: 'Flatten', path: [{ TypeCondition: ['A'] }], node: { kind: 'Parallel', nodes: [] } },
  ],
] as [string, Node][])('%s cannot be run by Apollo’s executor', (_what, node) => {
  expect(() => nodeOf(node)).toThrow(UnsupportedPlan)
})
