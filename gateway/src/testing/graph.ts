import { GraphQLError } from 'graphql'
import { Broadcast } from './broadcast'
import { refusal, Rooms, roomTypes, userOf } from './rooms'
import { TestSubgraph } from './subgraph'

export interface Said {
  readonly seq: number
  readonly text: string
}

/** Three subgraphs similar to ours: people, a log whose events refer to people, and one that is often down. */
export function testGraph() {
  const said = new Broadcast<Said>()
  const rooms = new Rooms()
  const signedOut = new Set<string>()
  return { said, rooms, signedOut, people: people(signedOut), log: logOf(said, rooms), extras: extras() }
}

export type TestGraph = ReturnType<typeof testGraph>

const personOf = (id: string) => (id === 'p-1' ? null : { __typename: 'Person', id, displayName: `Name of ${id}` })

/** It tells those who are signed out nothing of a person. */
function people(signedOut: ReadonlySet<string>): TestSubgraph {
  return new TestSubgraph(
    'user',
    `type Query { me: Person person(id: ID!): Person broken: String }
     type Mutation { signIn: Boolean }
     type Person @key(fields: "id") { id: ID! displayName: String! }`,
    {
      Query: {
        me: (_root, _args, { authorization }) => {
          if (authorization === undefined) {
            throw new GraphQLError('Sign in to do this.', {
              extensions: { category: 'auth', code: 'UNAUTHENTICATED', secret: 'x' },
            })
          }
          return personOf('me')
        },
        person: (_root, { id }: { id: string }) => personOf(id),
        broken: () => {
          throw new Error('connect to postgres://user:password@10.0.0.1 failed')
        },
      },
      Mutation: {
        signIn: (_root, _args, { setCookie, cookie }) => {
          setCookie('parley_access=fresh; HttpOnly')
          return cookie?.startsWith('parley_refresh=old') === true
        },
      },
      Person: {
        __resolveReference: ({ id }: { id: string }, caller: { authorization: string | undefined }) => {
          if (signedOut.size > 0 && signedOut.has(userOf(caller))) throw refusal('auth', 'UNAUTHENTICATED')
          return personOf(id)
        },
      },
    },
  )
}

function logOf(said: Broadcast<Said>, rooms: Rooms): TestSubgraph {
  const personAt = (seq: number) => ({ __typename: 'Person', id: `p${seq}` })
  const frameOf = ({ seq, text }: Said) => ({
    headSeq: seq,
    events: [
      { __typename: 'MessageSent', seq, actor: personAt(seq), text, authorId: `p${seq}`, author: personAt(seq) },
    ],
  })
  return new TestSubgraph(
    'message',
    `interface TimelineEvent { seq: Int! actor: Person! }
     type MessageSent implements TimelineEvent { seq: Int! actor: Person! text: String! authorId: ID! author: Person }
     type TitleChanged implements TimelineEvent { seq: Int! actor: Person! title: String! }
     type Person @key(fields: "id", resolvable: false) { id: ID! }
     type Frame { events: [TimelineEvent!]! headSeq: Int! }
     type Query { latest: Frame nested: Nested }
     type Nested { nested: Nested name: String }
     type Mutation { say(text: String!): Boolean }
     type Subscription { timeline(after: Int!): Frame whoAmI: String requestId: String }
     ${roomTypes}`,
    {
      Query: { latest: () => frameOf({ seq: 7, text: 'hi' }), nested: () => ({}), ...rooms.queries },
      Mutation: {
        say: (_root, _args, { setCookie }) => {
          setCookie('evil=1')
          return true
        },
      },
      Subscription: {
        ...rooms.subscriptions,
        timeline: {
          subscribe: (_root: unknown, { after }: { after: number }) => said.iterate([{ seq: after, text: 'head' }]),
          resolve: (event: Said) => frameOf(event),
        },
        whoAmI: {
          subscribe: () => said.iterate([{ seq: 0, text: '' }]),
          resolve: (_event: Said, _args: object, { authorization }: { authorization?: string }) =>
            authorization ?? 'nobody',
        },
        requestId: {
          subscribe: () => said.iterate([{ seq: 0, text: '' }]),
          resolve: (_event: Said, _args: object, { requestId }: { requestId?: string }) => requestId,
        },
      },
    },
  )
}

function extras(): TestSubgraph {
  return new TestSubgraph('extras', `type Query { extra: String }  type Subscription { extraTicks: String }`, {
    Query: { extra: () => 'extra' },
    Subscription: { extraTicks: { subscribe: () => new Broadcast<object>().iterate([{}]), resolve: () => 'tick' } },
  })
}
