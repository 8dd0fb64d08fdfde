import type { ApolloClient } from '@apollo/client'
import { addConversation, removeConversations } from '../../lib/conversations/conversation-cache'
import type { ConversationPartsFragment, UserErrorPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import {
  AddMembersDocument,
  LeaveConversationDocument,
  RemoveMemberDocument,
  RenameConversationDocument,
  SetTopicDocument,
} from './__generated__/details'

/** An answer may lack names that another subgraph knows: that is an error beside a change that was made. */
const asked = { fetchPolicy: 'no-cache', errorPolicy: 'all' } as const

/*
 * What members change. Each resolves with the sentence that says why it could not be done, and with null when it is
 * done and in the cache. Each may be repeated.
 */

export const rename = (apollo: ApolloClient, conversationId: string, title: string): Promise<string | null> =>
  told(async () => {
    const variables = { input: { conversationId, title } }
    const { data, error } = await apollo.mutate({ mutation: RenameConversationDocument, variables, ...asked })
    return taken(apollo, data?.renameConversation, error)
  })

/** An empty one clears it. */
export const setTopic = (apollo: ApolloClient, conversationId: string, topic: string): Promise<string | null> =>
  told(async () => {
    const variables = { input: { conversationId, topic } }
    const { data, error } = await apollo.mutate({ mutation: SetTopicDocument, variables, ...asked })
    return taken(apollo, data?.setTopic, error)
  })

export const addMembers = (
  apollo: ApolloClient,
  conversationId: string,
  userIds: readonly string[],
): Promise<string | null> =>
  told(async () => {
    const variables = { input: { conversationId, userIds: [...userIds] } }
    const { data, error } = await apollo.mutate({ mutation: AddMembersDocument, variables, ...asked })
    return taken(apollo, data?.addMembers, error)
  })

export const removeMember = (apollo: ApolloClient, conversationId: string, userId: string): Promise<string | null> =>
  told(async () => {
    const variables = { input: { conversationId, userId } }
    const { data, error } = await apollo.mutate({ mutation: RemoveMemberDocument, variables, ...asked })
    return taken(apollo, data?.removeMember, error)
  })

export const leave = (apollo: ApolloClient, conversationId: string): Promise<string | null> =>
  told(async () => {
    const variables = { input: { conversationId } }
    const { data, error } = await apollo.mutate({ mutation: LeaveConversationDocument, variables, ...asked })
    const { conversationId: left, errors } = data?.leaveConversation ?? {}
    const [refusal] = errors ?? []
    // A repetition after a lost answer: they are not in it any more.
    if (typeof left !== 'string' && refusal?.code !== 'NOT_FOUND')
      return refusal?.message ?? sentenceOf(failureOf(error))
    removeConversations(apollo.cache, [conversationId])
    return null
  })

interface Answer {
  readonly conversation: ConversationPartsFragment | null
  readonly errors: readonly UserErrorPartsFragment[]
}

function taken({ cache }: ApolloClient, answer: Answer | null | undefined, error: unknown): string | null {
  const [refusal] = answer?.errors ?? []
  if (refusal !== undefined) return refusal.message
  if (!answer?.conversation) return sentenceOf(failureOf(error))
  addConversation(cache, answer.conversation)
  return null
}

const told = (ask: () => Promise<string | null>): Promise<string | null> =>
  ask().catch((error: unknown) => sentenceOf(failureOf(error)))
