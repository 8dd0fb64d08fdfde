import { ApolloClient, ApolloLink, Observable } from '@apollo/client'
import { createCache } from '../../lib/graphql/cache'
import { markUnread } from './mark-unread'

/** A server with a read position, of which this device knows nothing. */
class Server {
  readonly asked: unknown[] = []

  constructor(
    private revision: number,
    /** Another device marks it before each answer. */
    private readonly isBusy = false,
  ) {}

  readonly client = new ApolloClient({
    cache: createCache(),
    link: new ApolloLink(({ variables: { input } }) => {
      const { line, revision } = input as { line: number; revision: number }
      this.asked.push({ line, revision })
      if (this.isBusy) this.revision += 1
      const isDone = revision === this.revision
      if (isDone) this.revision += 1
      const conversation = {
        __typename: 'Conversation',
        id: 'c',
        readLine: isDone ? line - 1 : 9,
        readRevision: this.revision,
        unreadCount: 1,
        mentionCount: 0,
      }
      const data = { markUnread: { __typename: 'MarkUnreadPayload', conversation, errors: [] } }
      return new Observable((observer) => {
        observer.next({ data })
        observer.complete()
      })
    }),
  })
}

describe('marking as unread', () => {
  it('is done again in the revision of the answer, where this device was behind', async () => {
    const server = new Server(2)
    expect(await markUnread(server.client, 'c', 7)).toBeNull()
    expect(server.asked).toEqual([
      { line: 7, revision: 0 },
      { line: 7, revision: 2 },
    ])
  })

  it('is done once where it was not', async () => {
    const server = new Server(0)
    expect(await markUnread(server.client, 'c', 7)).toBeNull()
    expect(server.asked).toHaveLength(1)
  })

  it('says so when nothing was done', async () => {
    const server = new Server(0, true)
    expect(await markUnread(server.client, 'c', 7)).toMatch(/another device/)
    expect(server.asked).toHaveLength(2)
  })
})
