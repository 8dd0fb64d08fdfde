import type { ApolloClient } from '@apollo/client'
import { applyReading, listedConversation } from '../../lib/conversations/conversation-cache'
import { failureOf, noAnswer, sentenceOf } from '../../lib/graphql/errors'
import { MarkUnreadDocument } from './__generated__/reading'
import { sentencesOf } from './timeline-source'

/** What this device knows may be behind: then the server changes nothing, and answers with what is. */
const attempts = 2

/** Resolves with the sentence that says why it could not be done; null when it is done. */
export async function markUnread(apollo: ApolloClient, conversationId: string, line: number): Promise<string | null> {
  let revision = listedConversation(apollo.cache, conversationId)?.readRevision ?? 0
  try {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const variables = { input: { conversationId, line, revision } }
      const { data } = await apollo.mutate({ mutation: MarkUnreadDocument, variables, fetchPolicy: 'no-cache' })
      const { conversation = null, errors = [] } = data?.markUnread ?? {}
      if (conversation !== null) applyReading(apollo.cache, conversation)
      if (errors.length > 0) return sentencesOf(errors)
      if (conversation === null) throw noAnswer()
      if (conversation.readRevision === revision + 1 && conversation.readLine === line - 1) return null
      revision = conversation.readRevision ?? 0
    }
    return 'How far you have read was just changed on another device. Try again.'
  } catch (error) {
    return sentenceOf(failureOf(error))
  }
}
