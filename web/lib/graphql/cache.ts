import { type FieldMergeFunction, InMemoryCache } from '@apollo/client'
import type { LastMessagePartsFragment } from './__generated__/fragments'

/** A conversation never un-has what it had: null is what cannot be reached at the moment, and must not cover what is known. */
const known = { merge: (existing: unknown, incoming: unknown) => incoming ?? existing ?? null }

/** What only ever moves forward: answers may come in another order than they were asked for. */
const highest = {
  merge: (existing: number | null | undefined, incoming: number | null) =>
    typeof existing === 'number' ? Math.max(existing, incoming ?? 0) : incoming,
}

type LastMessage = LastMessagePartsFragment | null

const newestMessage: { merge: FieldMergeFunction<LastMessage, LastMessage> } = {
  merge: (existing, incoming) => {
    if (!existing || !incoming) return incoming ?? existing ?? null
    const isOlder =
      incoming.seq < existing.seq || (incoming.seq === existing.seq && incoming.version < existing.version)
    return isOlder ? existing : incoming
  },
}

export const createCache = (): InMemoryCache =>
  new InMemoryCache({
    typePolicies: {
      Member: { keyFields: false },
      // Only ever the newest of a conversation, which is decided where it stands.
      Message: { keyFields: false },
      Conversation: {
        fields: {
          members: { merge: false },
          peer: known,
          detailsSeq: known,
          lastMessage: newestMessage,
          headSeq: highest,
          readLine: highest,
          unreadCount: known,
        },
      },
    },
  })
