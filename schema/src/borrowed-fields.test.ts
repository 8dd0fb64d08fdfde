import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brittleFields } from './borrowed-fields.ts'
import { compose } from './compose.ts'
import { root } from './rover-config.ts'

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key"])'
const people = {
  name: 'people',
  url: 'http://people/graphql',
  sdl: `${link} type Query { me: Person! } type Person @key(fields: "id") { id: ID! name: String! }`,
}
const notesWith = (fields: string) => ({
  name: 'notes',
  url: 'http://notes/graphql',
  sdl: `${link} type Query { note: Note } type Note { text: String! ${fields} }
    type Person @key(fields: "id", resolvable: false) { id: ID! }`,
})
const faultsWith = (fields: string) => brittleFields(compose([people, notesWith(fields)]).supergraph)

describe('fields that depend on another subgraph', () => {
  it('are nullable and have their id beside them, in the whole supergraph', () => {
    expect(brittleFields(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'))).toEqual([])
  })

  it('accepts a nullable field with its id', () => {
    expect(faultsWith('authorId: ID! author: Person')).toEqual([])
    expect(faultsWith('authorIds: [ID!]! authors: [Person]!')).toEqual([])
  })

  it.each([
    ['authorId: ID! author: Person!', 'Note.author is completed by another subgraph and not nullable'],
    ['authorId: ID! author: [Person!]!', 'Note.author is completed by another subgraph and not nullable'],
    ['author: Person', 'Note.author is completed by another subgraph and has no authorId beside it'],
    ['authorId: ID! authors: [Person]', 'Note.authors is completed by another subgraph and has no authorIds beside it'],
  ])('are found when they are not: %s', (fields, fault) => {
    expect(faultsWith(fields)).toEqual([fault])
  })

  it('are not those of the subgraph that owns the entity', () => {
    expect(brittleFields(compose([people]).supergraph)).toEqual([])
  })
})
