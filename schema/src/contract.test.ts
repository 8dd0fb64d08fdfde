import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema } from 'graphql'
import { compose } from './compose.ts'
import { contractOf, publicContractOf } from './contract.ts'
import { root } from './rover-config.ts'

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key", "@tag"])'
const people = `
  type Query { me: Person  audit(of: ID!, by: AuditOrder): [AuditEntry!] @tag(name: "internal")  things: [Thing!] }
  type Person implements Named @key(fields: "id") {
    id: ID! @tag(name: "internal")
    name(short: Boolean, trace: Boolean @tag(name: "internal")): String
    mood: Mood
  }
  interface Named { name(short: Boolean, trace: Boolean @tag(name: "internal")): String }
  type AuditEntry { at: Instant }
  scalar Instant
  enum AuditOrder { OLD NEW }
  enum Mood { GLAD SAD @tag(name: "internal") }
  union Thing = Person | Probe
  type Probe { state: String @tag(name: "internal") }
  type Mutation { rename(input: RenameInput!): Person }
  input RenameInput { name: String!  force: Boolean @tag(name: "internal") }
`
const badges = 'type Person @key(fields: "id") { id: ID!  badges: Int }'
const supergraphOf = (sdl: string) =>
  compose([
    { name: 'people', url: 'http://people/graphql', sdl: `${link} ${sdl}` },
    { name: 'badges', url: 'http://badges/graphql', sdl: `${link.replace(', "@tag"', '')} ${badges}` },
  ]).supergraph
const contractWith = (sdl: string, tags: readonly string[] = ['internal']) => contractOf(supergraphOf(sdl), tags)
const compact = (sdl: string) => sdl.replaceAll(/\s+/g, ' ').trim()

describe('a contract', () => {
  it('leaves out what is tagged, what is then empty, and what nothing leads to any more', () => {
    expect(compact(contractWith(people).api)).toBe(
      compact(`
        enum Mood { GLAD }
        type Mutation { rename(input: RenameInput!): Person }
        interface Named { name(short: Boolean): String }
        type Person implements Named { badges: Int mood: Mood name(short: Boolean): String }
        type Query { me: Person things: [Thing!] }
        input RenameInput { name: String! }
        union Thing = Person
      `),
    )
  })

  it('keeps everything for the gateway itself', () => {
    const { supergraph } = contractWith(people)
    expect(supergraph).toMatch(/id: ID! @tag\(name: "internal"\) @inaccessible/)
    expect(supergraph).toContain('@join__type(graph: BADGES, key: "id")')
    expect(supergraph.match(/@link\(url: "https:\/\/specs.apollo.dev\/inaccessible/g)).toHaveLength(1)
  })

  it('is the whole API without a tag', () => {
    const { api } = compose([{ name: 'people', url: 'http://people/graphql', sdl: `${link} ${people}` }])
    expect(compact(contractWith(people, []).api)).toContain('badges: Int')
    expect(compact(contractWith(people, ['other']).api)).toContain(compact(api).slice(0, 40))
  })

  it.each([
    ['a visible field has a hidden type', 'type AuditEntry', 'Person.last', 'last: AuditEntry'],
    [
      'an object lacks a field of its visible interface',
      'mood: Mood',
      'Person.score',
      'score: Int @tag(name: "internal")',
    ],
  ])('is refused when %s', (_what, from, at, field) => {
    const planted = people
      .replace('mood: Mood', `mood: Mood ${field}`)
      .replace('type AuditEntry {', 'type AuditEntry @tag(name: "internal") {')
      .replace('interface Named {', from === 'mood: Mood' ? 'interface Named { score: Int' : 'interface Named {')
    expect(() => contractWith(planted)).toThrow(`depends on what it hides; tag that too.`)
    expect(() => contractWith(planted)).toThrow(at)
  })

  it('is refused when a client would have to send something hidden', () => {
    expect(() => contractWith(people.replace('force: Boolean', 'force: Boolean!'))).toThrow('RenameInput.force')
  })
})

describe('the public API', () => {
  const read = (name: string) => readFileSync(join(root, 'schema', name), 'utf8')
  const api = buildSchema(read('public.graphql'))

  it('is what its supergraph shows', () => {
    expect(publicContractOf(read('supergraph.graphql'))).toEqual({
      api: read('public.graphql'),
      supergraph: read('public-supergraph.graphql'),
    })
  })

  it('has no sessions by cookie, and what bots need', () => {
    const mutations = api.getMutationType()?.getFields() ?? {}
    expect(Object.keys(mutations)).toEqual(expect.arrayContaining(['sendMessage', 'markRead', 'setTopic']))
    for (const internal of ['logIn', 'logOut', 'refreshSession', 'register'])
      expect(mutations[internal]).toBeUndefined()
    expect(api.getType('LogInPayload')).toBeUndefined()
    expect(Object.keys(api.getSubscriptionType()?.getFields() ?? {})).toEqual([
      'inbox',
      'presence',
      'readPositions',
      'timeline',
      'typing',
    ])
  })
})
