import type { ApolloCache } from '@apollo/client'
import type { ConversationPartsFragment, ConversationStatePartsFragment } from '../graphql/__generated__/fragments'
import { ConversationStatePartsFragmentDoc } from '../graphql/__generated__/fragments'
import type { ConversationsQuery, InboxSubscription } from './__generated__/conversations'
import { ConversationsDocument } from './__generated__/conversations'

export type ConversationEdge = NonNullable<ConversationsQuery['conversations']>['edges'][number]
export type InboxEntry = NonNullable<InboxSubscription['inbox']>['entries'][number]

/** The variables under which the cache has the whole list. */
export const listVariables = { first: 25 }
const list = { query: ConversationsDocument, variables: listVariables }

const stateFragment = {
  fragment: ConversationStatePartsFragmentDoc,
  fragmentName: 'ConversationStateParts',
}

/** The known conversation; undefined when the list does not have it. */
export function listedConversation(cache: ApolloCache, id: string): ConversationPartsFragment | undefined {
  const edges = cache.readQuery(list)?.conversations?.edges ?? []
  return edges.find(({ node }) => node.id === id)?.node
}

/** Merges an entry of the inbox. */
export function applyEntry(cache: ApolloCache, entry: InboxEntry): void {
  const { conversationId: id, headSeq, readLine, lastMessage } = entry
  const unreadCount = newestCount(cache, id, entry)
  const data = { __typename: 'Conversation' as const, headSeq, readLine, unreadCount, lastMessage }
  cache.writeFragment({ ...stateFragment, id: `Conversation:${id}`, data })
}

/**
 * An answer may be older than the known state: then the unread count is kept, because the number itself does not show
 * its age.
 */
function newestCount(cache: ApolloCache, id: string, told: ConversationStatePartsFragment): number | null {
  const known = cache.readFragment<ConversationStatePartsFragment>({ ...stateFragment, id: `Conversation:${id}` })
  return known !== null && isNewer(known, told) ? known.unreadCount : told.unreadCount
}

function isNewer(one: ConversationStatePartsFragment, other: ConversationStatePartsFragment): boolean {
  const [head, otherHead] = [one.headSeq ?? 0, other.headSeq ?? 0]
  return head > otherHead || (head === otherHead && (one.readLine ?? 0) > (other.readLine ?? 0))
}

/** Replaces a page's cursor: the conversation was added by itself, perhaps after the page that has it was read. */
const cameAlone = ''

/** Writes the loaded part of the list; until it is complete, conversations of an earlier loading stay behind it. */
export function showList(cache: ApolloCache, edges: readonly ConversationEdge[], complete: boolean): void {
  cache.updateQuery(list, (known) => {
    const fresh = new Set(edges.map(({ node }) => node.id))
    const others = (known?.conversations?.edges ?? []).filter(({ node }) => !fresh.has(node.id))
    const earlier = complete ? others.filter(({ cursor }) => cursor === cameAlone) : others
    const pageInfo = {
      __typename: 'PageInfo' as const,
      hasNextPage: !complete,
      endCursor: edges.at(-1)?.cursor ?? null,
    }
    const arrived = edges.map(({ node, ...edge }) => ({
      ...edge,
      node: { ...node, unreadCount: newestCount(cache, node.id, node) },
    }))
    const conversations = { __typename: 'ConversationConnection' as const, edges: [...arrived, ...earlier], pageInfo }
    return { ...known, conversations }
  })
}

/** Adds a conversation to the list, or updates it. */
export function addConversation(cache: ApolloCache, conversation: ConversationPartsFragment): void {
  const node = { ...conversation, unreadCount: newestCount(cache, conversation.id, conversation) }
  cache.updateQuery(list, (known) => {
    const pageInfo = { __typename: 'PageInfo' as const, hasNextPage: true, endCursor: null }
    const nothing = { __typename: 'ConversationConnection' as const, edges: [], pageInfo }
    const { edges, ...connection } = known?.conversations ?? nothing
    const cursor = edges.find((edge) => edge.node.id === node.id)?.cursor ?? cameAlone
    const edge = { __typename: 'ConversationEdge' as const, cursor, node }
    const others = edges.filter((other) => other.node.id !== node.id)
    return { ...known, conversations: { ...connection, edges: [edge, ...others] } }
  })
}

/** The viewer has left them. */
export function removeConversations(cache: ApolloCache, ids: readonly string[]): void {
  if (ids.length === 0) return
  cache.updateQuery(list, (known) => {
    if (!known?.conversations) return known
    const edges = known.conversations.edges.filter(({ node }) => !ids.includes(node.id))
    return { ...known, conversations: { ...known.conversations, edges } }
  })
}
