import type { ApolloCache } from '@apollo/client'
import type { ConversationPartsFragment, ConversationStatePartsFragment } from '../graphql/__generated__/fragments'
import { ConversationStatePartsFragmentDoc } from '../graphql/__generated__/fragments'
import type { ConversationsQuery, InboxSubscription } from './__generated__/conversations'
import { ConversationsDocument } from './__generated__/conversations'

export type ConversationEdge = NonNullable<ConversationsQuery['conversations']>['edges'][number]
export type InboxEntry = NonNullable<InboxSubscription['inbox']>['entries'][number]

/** The cache has the whole list under these. */
export const listVariables = { first: 25 }
const list = { query: ConversationsDocument, variables: listVariables }

const stateFragment = {
  fragment: ConversationStatePartsFragmentDoc,
  fragmentName: 'ConversationStateParts',
}

/** A conversation as far as it is known; undefined when the list does not have it. */
export function listedConversation(cache: ApolloCache, id: string): ConversationPartsFragment | undefined {
  const edges = cache.readQuery(list)?.conversations?.edges ?? []
  return edges.find(({ node }) => node.id === id)?.node
}

/** Takes over what the inbox tells of a conversation. */
export function applyEntry(cache: ApolloCache, entry: InboxEntry): void {
  const { conversationId: id, headSeq, readLine, lastMessage } = entry
  const unreadCount = newestCount(cache, id, entry)
  const data = { __typename: 'Conversation' as const, headSeq, readLine, unreadCount, lastMessage }
  cache.writeFragment({ ...stateFragment, id: `Conversation:${id}`, data })
}

/** Answers may be older than what is known: how much waits is then as it was, for nothing in the number itself tells. */
function newestCount(cache: ApolloCache, id: string, told: ConversationStatePartsFragment): number | null {
  const known = cache.readFragment<ConversationStatePartsFragment>({ ...stateFragment, id: `Conversation:${id}` })
  return known !== null && isNewer(known, told) ? known.unreadCount : told.unreadCount
}

function isNewer(one: ConversationStatePartsFragment, other: ConversationStatePartsFragment): boolean {
  const [head, otherHead] = [one.headSeq ?? 0, other.headSeq ?? 0]
  return head > otherHead || (head === otherHead && (one.readLine ?? 0) > (other.readLine ?? 0))
}

/** Stands where a page's cursor would: the conversation came by itself, perhaps after the page was read that would have it. */
const cameAlone = ''

/** Writes what has come of the list; until all has, what an earlier loading knew stays behind it. */
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

/** Puts a conversation into the list, or renews the one that is there. */
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

/** The viewer is not in them any more. */
export function removeConversations(cache: ApolloCache, ids: readonly string[]): void {
  if (ids.length === 0) return
  cache.updateQuery(list, (known) => {
    if (!known?.conversations) return known
    const edges = known.conversations.edges.filter(({ node }) => !ids.includes(node.id))
    return { ...known, conversations: { ...known.conversations, edges } }
  })
}
