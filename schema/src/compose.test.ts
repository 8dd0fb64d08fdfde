import { compose } from './compose.ts'

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key"])'
const people = {
  name: 'people',
  url: 'http://people/graphql',
  sdl: `${link} type Query { me: Person } type Person @key(fields: "id") { id: ID! name: String }`,
}
const badges = {
  name: 'badges',
  url: 'http://badges/graphql',
  sdl: `${link} type Person @key(fields: "id") { id: ID! unread: Int }`,
}

describe('composition', () => {
  it('joins the fields of two subgraphs for one entity', () => {
    const { api, supergraph } = compose([people, badges])
    expect(api).toContain('type Person {\n  id: ID!\n  name: String\n  unread: Int\n}')
    expect(supergraph).toContain('@join__graph(name: "badges", url: "http://badges/graphql")')
  })

  it('refuses a subgraph without @link, which federation 1 would compose by other rules', () => {
    expect(() => compose([people, { ...badges, sdl: badges.sdl.replace(link, '') }])).toThrow(
      'The SDL of badges does not @link federation 2',
    )
  })

  it('refuses what the gateway would execute wrongly', () => {
    const secret = people.sdl
      .replace('["@key"]', '["@key", "@authenticated"]')
      .replace('name: String', 'name: String @authenticated')
    expect(() => compose([{ ...people, sdl: secret }, badges])).toThrow(
      'people imports @authenticated, which this gateway does not enforce',
    )
  })

  it('reports conflicts', () => {
    expect(() => compose([people, { ...badges, sdl: badges.sdl.replace('unread: Int', 'name: String') }])).toThrow(
      /The subgraphs do not compose:\n.*Person\.name/,
    )
  })
})
