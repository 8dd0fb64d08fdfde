import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRoverConfig, root } from './rover-config.ts'
import { faultsOf } from './soundness.ts'

const subgraph = (name: string, imports: string, sdl: string) => ({
  name,
  url: `http://${name}/graphql`,
  sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.14", import: [${imports}]) ${sdl}`,
})
const people = subgraph('people', '"@key"', 'type Person @key(fields: "id") { id: ID! name(in: String): String }')

describe('what composes and is then executed wrongly', () => {
  it('finds nothing in the subgraphs of this repository', () => {
    const own = readRoverConfig().map((entry) => ({ ...entry, sdl: readFileSync(join(root, entry.file), 'utf8') }))
    expect(own.length).toBeGreaterThan(0)
    expect(faultsOf(own)).toEqual([])
  })

  it('finds nothing in a reference to an entity of another subgraph', () => {
    const badges = subgraph('badges', '"@key"', 'type Person @key(fields: "id", resolvable: false) { id: ID! }')
    expect(faultsOf([people, badges])).toEqual([])
  })

  it.each(['@authenticated', '@requiresScopes', '@policy', '@context', '@fromContext'])(
    'refuses %s, which the gateway does not enforce',
    (directive) => {
      const secret = subgraph('secret', `"${directive}"`, 'type Query { a: Int }')
      expect(faultsOf([secret])).toEqual([`secret imports ${directive}, which this gateway does not enforce`])
    },
  )

  it('refuses an import that is not used', () => {
    expect(faultsOf([subgraph('idle', '"@shareable"', 'type Query { a: Int }')])).toEqual([
      'idle imports @shareable and does not use it',
    ])
  })

  it('refuses @requires with arguments', () => {
    const greeter = subgraph(
      'greeter',
      '"@key", "@requires", "@external"',
      `type Person @key(fields: "id") {
         id: ID! name(in: String): String @external hello: String @requires(fields: "name(in: \\"en\\")") }`,
    )
    expect(faultsOf([people, greeter])).toEqual(['greeter: Person.hello @requires a field with arguments'])
  })

  it('refuses a reference by a key that no subgraph resolves', () => {
    const badges = subgraph(
      'badges',
      '"@key"',
      'type Person @key(fields: "id email", resolvable: false) { id: ID! email: String }',
    )
    expect(faultsOf([people, badges])).toEqual([
      'badges: no subgraph resolves Person by the key that this one has of it',
    ])
  })

  it('refuses an @interfaceObject without a resolver', () => {
    const node = subgraph('node', '"@key"', 'interface Node @key(fields: "id") { id: ID! }')
    const other = subgraph(
      'other',
      '"@key", "@interfaceObject"',
      'type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }',
    )
    expect(faultsOf([node, other])).toEqual(['other: no subgraph resolves Node by the key that this one has of it'])
  })

  it('refuses a key of which other subgraphs have only a part', () => {
    const [a, b] = ['a', 'b'].map((name) =>
      subgraph(name, '"@key"', `type Thing @key(fields: "${name}") { ${name}: ID! }`),
    )
    const whole = subgraph(
      'whole',
      '"@key", "@external"',
      'type Thing @key(fields: "a b { c }") { a: ID! b: B } type B { c: ID }',
    )
    if (a === undefined || b === undefined) throw new Error('Two subgraphs were made')
    expect(faultsOf([a, b, whole])).toContain('whole: no other subgraph has a whole key of Thing to come here with')
  })
})
