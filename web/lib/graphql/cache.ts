import { type FieldMergeFunction, InMemoryCache } from '@apollo/client'
import type { LastMessagePartsFragment, MutePartsFragment } from './__generated__/fragments'

/** A null from the server means "not available at the moment" and must not overwrite a known value. */
const known = { merge: (existing: unknown, incoming: unknown) => incoming ?? existing ?? null }

/** Values that only increase: answers may arrive in another order than their requests. */
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

type Mute = MutePartsFragment | null

const latestMute: { merge: FieldMergeFunction<Mute, Mute> } = {
  merge: (existing, incoming) => {
    if (!existing || !incoming) return incoming ?? existing ?? null
    return incoming.revision < existing.revision ? existing : incoming
  },
}

/** What a fragment of an interface applies to: the cache leaves out its fields for all others. */
export const possibleTypes = { UserError: ['InvalidField', 'Refusal'] }

export const createCache = (): InMemoryCache =>
  new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Member: { keyFields: false },
      // Not normalised: it is always the newest message of a conversation, and the merge there decides which.
      Message: { keyFields: false },
      // Not normalised: one for each conversation, and the merge there decides which.
      Mute: { keyFields: false },
      Conversation: {
        fields: {
          members: { merge: false },
          peer: known,
          detailsSeq: known,
          lastMessage: newestMessage,
          headSeq: highest,
          // Which one is the later, its revision says: conversation-cache.ts.
          readLine: known,
          readRevision: known,
          unreadCount: known,
          mentionCount: known,
          mute: latestMute,
        },
      },
    },
  })
