import type { ApolloCache } from '@apollo/client'
import type {
  ConversationPartsFragment,
  ConversationStatePartsFragment,
  MembersPartsFragment,
  ReadStatePartsFragment,
} from '../graphql/__generated__/fragments'
import {
  ConversationStatePartsFragmentDoc,
  MembersPartsFragmentDoc,
  ReadStatePartsFragmentDoc,
} from '../graphql/__generated__/fragments'
import type { ConversationsQuery, InboxSubscription } from './__generated__/conversations'
import { ConversationByIdDocument, ConversationsDocument } from './__generated__/conversations'

export type ConversationEdge = NonNullable<ConversationsQuery['conversations']>['edges'][number]
export type Members = MembersPartsFragment['members']
/** A conversation as the list has it, and its members. */
export type WholeConversation = ConversationPartsFragment & MembersPartsFragment
export type InboxEntry = NonNullable<InboxSubscription['inbox']>['entries'][number]

/** The variables under which the cache has the whole list: what is asked for first, which is more than a screen shows. */
export const listVariables = { first: 50 }
/** The list as the cache has it. */
export const wholeList = { query: ConversationsDocument, variables: listVariables }

const stateFragment = {
  fragment: ConversationStatePartsFragmentDoc,
  fragmentName: 'ConversationStateParts',
}

/** All that is known of the list. */
export const listedEdges = (cache: ApolloCache): readonly ConversationEdge[] =>
  cache.readQuery(wholeList)?.conversations?.edges ?? []

/** The known conversation; undefined when the list does not have it. */
export const listedConversation = (cache: ApolloCache, id: string): ConversationPartsFragment | undefined =>
  listedEdges(cache).find(({ node }) => node.id === id)?.node

/** Whether the beginning of the list is there. */
export const isListed = (cache: ApolloCache): boolean => cache.readQuery(wholeList) !== null

/** Undefined while they are not known: a list does not have them. */
export function membersIn(cache: ApolloCache, id: string): Members | undefined {
  const known = cache.readFragment({
    fragment: MembersPartsFragmentDoc,
    fragmentName: 'MembersParts',
    id: `Conversation:${id}`,
  })
  return known?.members
}

/** Those that are known. */
export const allMembers = (
  cache: ApolloCache,
  edges: readonly ConversationEdge[],
): readonly Pick<WholeConversation, 'id' | 'members'>[] =>
  edges.flatMap(({ node: { id } }) => {
    const members = membersIn(cache, id)
    return members === undefined ? [] : [{ id, members }]
  })

export function keepMembers(cache: ApolloCache, { id, members }: Pick<MembersPartsFragment, 'id' | 'members'>): void {
  const data = { __typename: 'Conversation' as const, id, members }
  cache.writeFragment({
    fragment: MembersPartsFragmentDoc,
    fragmentName: 'MembersParts',
    id: `Conversation:${id}`,
    data,
  })
}

/** Merges an entry of the inbox. */
export function applyEntry(cache: ApolloCache, entry: InboxEntry): void {
  const { conversationId: id, headSeq, mute, lastMessage } = entry
  const data = { __typename: 'Conversation' as const, headSeq, mute, lastMessage, ...newestReading(cache, id, entry) }
  cache.writeFragment({ ...stateFragment, id: `Conversation:${id}`, data })
}

/** Whether an entry tells of more than one new message and a read position. */
export function tellsChanges(cache: ApolloCache, { conversationId, headSeq, lastMessage }: InboxEntry): boolean {
  const known = stateOf(cache, conversationId)?.headSeq ?? 0
  const isOneMessage = headSeq === known + 1 && lastMessage?.seq === headSeq
  return headSeq > known && !isOneMessage
}

/** Takes the answer to a change of the read position, unless a later position is known. */
export function applyReading(cache: ApolloCache, told: ReadStatePartsFragment): void {
  const known = stateOf(cache, told.id)
  if (known !== null && isFurther(known, told)) return
  const data = { __typename: 'Conversation' as const, ...told }
  cache.writeFragment({
    fragment: ReadStatePartsFragmentDoc,
    fragmentName: 'ReadStateParts',
    id: `Conversation:${told.id}`,
    data,
  })
}

/**
 * An answer may be older than the known state: then the counts are kept, because a number itself does not show its
 * age.
 */
function newestReading(cache: ApolloCache, id: string, told: ConversationStatePartsFragment) {
  const known = stateOf(cache, id) ?? told
  const { readLine, readRevision } = isFurther(known, told) ? known : told
  const { unreadCount, mentionCount } = isNewer(known, told) ? known : told
  return { readLine, readRevision, unreadCount, mentionCount }
}

/** What is known of a conversation; null for nothing. */
export const stateOf = (cache: ApolloCache, id: string): ConversationStatePartsFragment | null =>
  cache.readFragment<ConversationStatePartsFragment>({ ...stateFragment, id: `Conversation:${id}` })

function isNewer(one: ConversationStatePartsFragment, other: ConversationStatePartsFragment): boolean {
  const [head, otherHead] = [one.headSeq ?? 0, other.headSeq ?? 0]
  if (one.readRevision !== other.readRevision) return isFurther(one, other)
  return head > otherHead || (head === otherHead && isFurther(one, other))
}

type ReadPosition = Pick<ConversationStatePartsFragment, 'readLine' | 'readRevision'>

/** The later read position: one that was marked as unread since, or else the further one. */
function isFurther(one: ReadPosition, other: ReadPosition): boolean {
  const [revision, otherRevision] = [one.readRevision ?? 0, other.readRevision ?? 0]
  return revision === otherRevision ? (one.readLine ?? 0) > (other.readLine ?? 0) : revision > otherRevision
}

/** Replaces a page's cursor: the conversation was added by itself, perhaps after the page that has it was read. */
const cameAlone = ''

/**
 * Writes the loaded part of the list; until it is complete, conversations of an earlier loading stay behind it. Returns
 * the ids of those whose known members are older than what is told of them.
 */
export function showList(cache: ApolloCache, edges: readonly ConversationEdge[], complete: boolean): readonly string[] {
  const known = new Map(listedEdges(cache).map(({ node }) => [node.id, node.detailsSeq]))
  const outdated = edges.filter(
    ({ node: { id, detailsSeq } }) => (detailsSeq ?? 0) > (known.get(id) ?? 0) && membersIn(cache, id) !== undefined,
  )
  cache.updateQuery(wholeList, (before) => {
    const fresh = new Set(edges.map(({ node }) => node.id))
    const others = (before?.conversations?.edges ?? []).filter(({ node }) => !fresh.has(node.id))
    const earlier = complete ? others.filter(({ cursor }) => cursor === cameAlone) : others
    const pageInfo = {
      __typename: 'PageInfo' as const,
      hasNextPage: !complete,
      endCursor: edges.at(-1)?.cursor ?? null,
    }
    const arrived = edges.map(({ node, ...edge }) => ({
      ...edge,
      node: { ...node, ...newestReading(cache, node.id, node) },
    }))
    const conversations = { __typename: 'ConversationConnection' as const, edges: [...arrived, ...earlier], pageInfo }
    return { ...before, conversations }
  })
  return outdated.map(({ node }) => node.id)
}

/** Adds a conversation to the list, or updates it. */
export function addConversation(cache: ApolloCache, conversation: WholeConversation): void {
  const { members, ...parts } = conversation
  const node = { ...parts, ...newestReading(cache, conversation.id, conversation) }
  cache.updateQuery(wholeList, (known) => {
    const pageInfo = { __typename: 'PageInfo' as const, hasNextPage: true, endCursor: null }
    const nothing = { __typename: 'ConversationConnection' as const, edges: [], pageInfo }
    const { edges, ...connection } = known?.conversations ?? nothing
    const cursor = edges.find((edge) => edge.node.id === node.id)?.cursor ?? cameAlone
    const edge = { __typename: 'ConversationEdge' as const, cursor, node }
    const others = edges.filter((other) => other.node.id !== node.id)
    return { ...known, conversations: { ...connection, edges: [edge, ...others] } }
  })
  keepMembers(cache, { id: conversation.id, members })
}

/** The viewer is in them no more. An earlier answer about one of them must not go on saying what it was. */
export function removeConversations(cache: ApolloCache, ids: readonly string[]): void {
  if (ids.length === 0) return
  for (const id of ids)
    cache.writeQuery({ query: ConversationByIdDocument, variables: { id }, data: { conversation: null } })
  cache.updateQuery(wholeList, (known) => {
    if (!known?.conversations) return known
    const edges = known.conversations.edges.filter(({ node }) => !ids.includes(node.id))
    return { ...known, conversations: { ...known.conversations, edges } }
  })
}
