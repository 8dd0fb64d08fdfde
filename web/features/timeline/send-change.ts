import type { ApolloClient, ErrorLike } from '@apollo/client'
import { AddBookmarkDocument, RemoveBookmarkDocument } from '../../lib/__generated__/bookmarks'
import { failureOf, isTemporary, noAnswer, sentenceOf } from '../../lib/graphql/errors'
import {
  AddReactionDocument,
  DeleteMessageDocument,
  EditMessageDocument,
  type MessagePartsFragment,
  PinMessageDocument,
  RemoveReactionDocument,
  type TimelineEventPartsFragment,
  UnpinMessageDocument,
} from './__generated__/timeline'
import type { ChangeOutcome } from './model/change-store'
import type { PendingChange } from './model/changes'
import { timelineEvent } from './model/events'
import { sentencesOf } from './timeline-source'

/** What the payloads of all changes have. */
interface Payload {
  readonly event?: TimelineEventPartsFragment | null
  readonly message?: MessagePartsFragment | null
  readonly errors: readonly { readonly message: string }[]
}

interface Answer {
  readonly payload: Payload | null | undefined
  readonly error: ErrorLike | undefined
}

/** Changes one message; never throws. */
export async function sendChange(apollo: ApolloClient, pending: PendingChange): Promise<ChangeOutcome> {
  try {
    const { payload, error } = await ask(apollo, pending)
    if (payload && payload.errors.length > 0) return { kind: 'refused', reason: sentencesOf(payload.errors) }
    if (!payload) return notDone(error ?? noAnswer())
    const { event = null, message = null } = payload
    return { kind: 'done', event: event && timelineEvent(event), message }
  } catch (error) {
    return notDone(error)
  }
}

async function ask(apollo: ApolloClient, pending: PendingChange): Promise<Answer> {
  const { change, conversationId, messageId, clientId } = pending
  const options = { fetchPolicy: 'no-cache', errorPolicy: 'all' } as const
  switch (change.kind) {
    case 'edit': {
      const variables = { input: { messageId, clientId, text: change.text } }
      const { data, error } = await apollo.mutate({ mutation: EditMessageDocument, variables, ...options })
      return { payload: data?.editMessage, error }
    }
    case 'delete': {
      const variables = { input: { conversationId, messageId, clientId } }
      const { data, error } = await apollo.mutate({ mutation: DeleteMessageDocument, variables, ...options })
      return { payload: data?.deleteMessage, error }
    }
    case 'react': {
      const variables = { input: { conversationId, messageId, clientId, emoji: change.emoji } }
      if (change.isAdded) {
        const { data, error } = await apollo.mutate({ mutation: AddReactionDocument, variables, ...options })
        return { payload: data?.addReaction, error }
      }
      const { data, error } = await apollo.mutate({ mutation: RemoveReactionDocument, variables, ...options })
      return { payload: data?.removeReaction, error }
    }
    case 'pin': {
      const variables = { input: { conversationId, messageId, clientId } }
      if (change.isPinned) {
        const { data, error } = await apollo.mutate({ mutation: PinMessageDocument, variables, ...options })
        return { payload: data?.pinMessage, error }
      }
      const { data, error } = await apollo.mutate({ mutation: UnpinMessageDocument, variables, ...options })
      return { payload: data?.unpinMessage, error }
    }
    case 'bookmark': {
      const variables = { input: { messageId } }
      if (change.isBookmarked) {
        const { data, error } = await apollo.mutate({ mutation: AddBookmarkDocument, variables, ...options })
        return { payload: data?.addBookmark, error }
      }
      const { data, error } = await apollo.mutate({ mutation: RemoveBookmarkDocument, variables, ...options })
      return { payload: data?.removeBookmark, error }
    }
    default:
      return change satisfies never
  }
}

function notDone(error: unknown): ChangeOutcome {
  const failure = failureOf(error)
  const isUnknown = isTemporary(failure) || failure.code === 'UNAUTHENTICATED'
  return { kind: isUnknown ? 'unknown' : 'refused', reason: sentenceOf(failure) }
}
