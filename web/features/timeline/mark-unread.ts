import type { ApolloClient } from '@apollo/client'
import { applyReading, listedConversation } from '../../lib/conversations/conversation-cache'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import { MarkUnreadDocument } from './__generated__/reading'
import { sentencesOf } from './timeline-source'

/** Resolves with the sentence that says why it could not be done; null when it is done. */
export async function markUnread(apollo: ApolloClient, conversationId: string, line: number): Promise<string | null> {
  const revision = listedConversation(apollo.cache, conversationId)?.readRevision ?? 0
  const variables = { input: { conversationId, line, revision } }
  try {
    const { data } = await apollo.mutate({ mutation: MarkUnreadDocument, variables, fetchPolicy: 'no-cache' })
    if (data?.markUnread?.conversation) applyReading(apollo.cache, data.markUnread.conversation)
    const errors = data?.markUnread?.errors ?? []
    return errors.length === 0 ? null : sentencesOf(errors)
  } catch (error) {
    return sentenceOf(failureOf(error))
  }
}
