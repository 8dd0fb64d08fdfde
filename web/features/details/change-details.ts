import type { ApolloClient } from '@apollo/client'
import {
  addConversation,
  removeConversations,
  type WholeConversation,
} from '../../lib/conversations/conversation-cache'
import type { UserErrorPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import {
  AddMembersDocument,
  LeaveConversationDocument,
  MuteConversationDocument,
  RemoveMemberDocument,
  RenameConversationDocument,
  SetTopicDocument,
  UnmuteConversationDocument,
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
    const [first] = errors ?? []
    // A repetition after a lost answer: they are not in it any more.
    if (typeof left !== 'string' && first?.code !== 'NOT_FOUND') return first?.message ?? sentenceOf(failureOf(error))
    removeConversations(apollo.cache, [conversationId])
    return null
  })

/** For the viewer alone; null for until they unmute it. The answer is in the cache by its id. */
export const mute = (apollo: ApolloClient, conversationId: string, until: Date | null): Promise<string | null> =>
  told(async () => {
    const variables = { input: { conversationId, until: until?.toISOString() ?? null } }
    const { data, error } = await apollo.mutate({
      mutation: MuteConversationDocument,
      variables,
      errorPolicy: 'all',
    })
    return refusal(data?.muteConversation, error)
  })

export const unmute = (apollo: ApolloClient, conversationId: string): Promise<string | null> =>
  told(async () => {
    const variables = { input: { conversationId } }
    const { data, error } = await apollo.mutate({
      mutation: UnmuteConversationDocument,
      variables,
      errorPolicy: 'all',
    })
    return refusal(data?.unmuteConversation, error)
  })

function refusal(
  answer: { readonly conversation: unknown; readonly errors: readonly UserErrorPartsFragment[] } | null | undefined,
  error: unknown,
): string | null {
  const [first] = answer?.errors ?? []
  if (first !== undefined) return first.message
  return answer?.conversation ? null : sentenceOf(failureOf(error))
}

interface Answer {
  readonly conversation: WholeConversation | null
  readonly errors: readonly UserErrorPartsFragment[]
}

function taken(apollo: ApolloClient, answer: Answer | null | undefined, error: unknown): string | null {
  const told = refusal(answer, error)
  if (told === null && answer?.conversation) addConversation(apollo.cache, answer.conversation)
  return told
}

const told = (ask: () => Promise<string | null>): Promise<string | null> =>
  ask().catch((error: unknown) => sentenceOf(failureOf(error)))
