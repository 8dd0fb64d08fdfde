import type { ApolloClient } from '@apollo/client'
import { type MarkedPartsFragment, MarkedDocument } from './__generated__/pins'

/**
 * Which messages of a conversation are marked: null while that cannot be read; never rejects. Who asks while an answer
 * is on the way gets the same one.
 */
export function markedIn(apollo: ApolloClient): (conversationId: string) => Promise<MarkedPartsFragment | null> {
  const asked = new Map<string, Promise<MarkedPartsFragment | null>>()
  const ask = async (conversationId: string) => {
    try {
      const variables = { conversationId }
      const { data } = await apollo.query({
        query: MarkedDocument,
        variables,
        fetchPolicy: 'no-cache',
        errorPolicy: 'all',
      })
      return data?.conversation ?? null
    } catch {
      return null
    } finally {
      asked.delete(conversationId)
    }
  }
  return (conversationId) => {
    const answer = asked.get(conversationId) ?? ask(conversationId)
    asked.set(conversationId, answer)
    return answer
  }
}
