import { userErrorsOf } from '@parley/testing/client'
import type { GraphQLAnswer } from '@parley/testing/client'
import { pickMessage } from './deed.ts'
import type { Deed } from './deed.ts'
import type { Person, Room } from './person.ts'
import { messageFields } from './shown.ts'
import type { MessageShown } from './shown.ts'

const mutation = (field: string): string =>
  `mutation ($input: BookmarkInput!) { ${field}(input: $input) { messageId errors { code } } }`

/** Asked until it is answered. A request without an answer may be done late, as it has no client id. */
const setting = (name: string, share: number, field: string, isSet: boolean): Deed => ({
  name,
  share,
  run: async (person, room) => {
    const bookmarked = person.bookmarked
    const picked = pickMessage(person, room, ({ id }) => isSet || bookmarked.has(id))
    if (picked === undefined) return
    const { id: message } = picked
    let attempts = 0
    const answer = await person.until('a bookmark was changed', () => {
      attempts += 1
      return person.ask<Record<string, unknown>>(mutation(field), { input: { messageId: message } })
    })
    const payload = answer?.data?.[field]
    const isDone = payload !== null && payload !== undefined && userErrorsOf(payload).length === 0
    if (!isDone && attempts === 1) return
    const isSure = isDone && attempts === 1
    person.witness.history.record({ op: 'bookmarked', viewer: person.id, message, isSet, isSure })
    if (isSet) bookmarked.add(message)
    else bookmarked.delete(message)
  },
})

const listQuery = `query ($after: String) { bookmarks(first: 100, after: $after) {
  edges { node { messageId message { ${messageFields} } } } pageInfo { hasNextPage endCursor } } }`

interface Listed {
  readonly bookmarks: {
    readonly edges: readonly { readonly node: { readonly messageId: string; readonly message: MessageShown } }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  } | null
}

/** All bookmarks of a person. */
export async function readBookmarks(person: Person): Promise<void> {
  const { witness, id: viewer } = person
  const since = witness.now
  const messages: string[] = []
  for (let after: string | null = null; ;) {
    const answer: GraphQLAnswer<Listed> | null = await person.ask<Listed>(listQuery, { after })
    const list: Listed['bookmarks'] = answer?.data?.bookmarks ?? null
    if (list === null) return
    witness.showed(list, { viewer, since })
    for (const { node } of list.edges) {
      messages.push(node.messageId)
      const place = { viewer, conversation: node.message.conversationId, where: 'page', since } as const
      witness.sawMessage(node.message, 0, place)
    }
    if (!list.pageInfo.hasNextPage) break
    after = list.pageInfo.endCursor
  }
  witness.history.record({ op: 'bookmarks', viewer, since, conversation: null, messages })
}

interface InRoom {
  readonly conversation: { readonly bookmarkedIds: readonly string[] | null } | null
}

export async function readBookmarksIn(person: Person, { id }: Room): Promise<void> {
  const since = person.witness.now
  const answer = await person.ask<InRoom>('query ($id: ID!) { conversation(id: $id) { bookmarkedIds } }', { id })
  const messages = answer?.data?.conversation?.bookmarkedIds ?? null
  if (messages === null) return
  person.witness.history.record({ op: 'bookmarks', viewer: person.id, since, conversation: id, messages })
}

const reads: Deed = {
  name: 'read bookmarks',
  share: 0.7,
  run: (person, room) => (person.random.chance(0.5) ? readBookmarks(person) : readBookmarksIn(person, room)),
}

export const bookmarkDeeds: readonly Deed[] = [
  setting('bookmark', 1, 'addBookmark', true),
  setting('remove a bookmark', 0.5, 'removeBookmark', false),
  reads,
]
