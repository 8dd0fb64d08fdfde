import { unsharedDocuments } from './unshared-documents'

const supergraph = `
  schema @link(url: "https://parley.chat/streams/v1.0", import: [{ name: "@shared", as: "@once" }, "@perViewer"]) {
    query: Query subscription: Subscription
  }
  directive @link(url: String, import: [Import]) repeatable on SCHEMA
  directive @once(cursor: String!, position: String!, endsFor: String, admission: String!) on FIELD_DEFINITION
  directive @perViewer on FIELD_DEFINITION | OBJECT | INTERFACE
  scalar Import
  type Query { mayFollow(after: Int!): Boolean }
  type Subscription {
    log(after: Int!, size: Int): Frame @once(cursor: "after", position: "seq", admission: "mayFollow")
    own: Mine
  }
  type Frame { seq: Int! events(first: Int): [Event!]! rooms: [Place!] any: Thing chest: Chest box: Box }
  interface Event { seq: Int! }
  type Said implements Event { seq: Int! mine: Boolean @perViewer text: String }
  type Mine @perViewer { unread: Int }
  type Room { id: ID! mine: Mine }
  interface Place { id: ID! }
  type Hall implements Place @perViewer { id: ID! }
  interface Owned { owner: String @perViewer }
  interface Kept implements Owned { owner: String }
  type Chest implements Owned & Kept { owner: String size: Int }
  interface Secret @perViewer { size: Int }
  type Box implements Secret { size: Int }
  union Thing = Mine | Room`

const log = (fields: string, rest = '') => `subscription S($at: Int!) { log(after: $at) { ${fields} } } ${rest}`

describe('subscriptions of a shared field', () => {
  it.each([
    ['plain', log('seq')],
    ['with aliases and fragments', log('n: seq ...F', 'fragment F on Frame { events { seq ... on Said { text } } }')],
    [
      'with a fragment around it',
      'subscription S($at: Int!) { ...R } fragment R on Subscription { log(after: $at) { seq } }',
    ],
    ['with a cursor in the document', 'subscription S { log(after: 1) { seq } }'],
    ['with other fields of such a type', log('chest { size }')],
    ['of another field', 'subscription S { own { unread } }'],
  ])('%s', (_what, text) => {
    expect(unsharedDocuments(supergraph, [text])).toEqual([])
  })

  it.each([
    ['a field of the viewer', log('events { ... on Said { mine } }'), 'S: Said.mine depends on the viewer'],
    ['in a fragment', log('events { ...F }', 'fragment F on Said { mine }'), 'S: Said.mine depends on the viewer'],
    ['an object of the viewer', log('any { ... on Room { mine { unread } } }'), 'S: Frame.any depends on the viewer'],
    ['through an interface', log('rooms { id }'), 'S: Frame.rooms depends on the viewer'],
    ['a field that an interface marks', log('chest { owner }'), 'S: Chest.owner depends on the viewer'],
    ['a type whose interface is marked', log('box { size }'), 'S: Frame.box depends on the viewer'],
    ['the cursor used twice', log('events(first: $at) { seq }'), 'S: It uses the cursor $at a second time'],
  ])('is not shared with %s', (_what, text, reason) => {
    expect(unsharedDocuments(supergraph, [text])).toEqual([reason])
  })
})
