import type { ApolloCache } from '@apollo/client'
import { type Table, tableOf } from '../device/tables'
import { idOf } from '../graphql/document-ids'
import { ConversationsDocument, InboxDocument } from './__generated__/conversations'
import {
  allMembers,
  type ConversationEdge,
  keepMembers,
  listedEdges,
  showList,
  type WholeConversation,
} from './conversation-cache'

/** Where the stream of the inbox goes on, and what it had told up to there. */
export interface InboxPosition {
  readonly cursor: string
  readonly unread: number
  readonly unreadThreads: number
}

/** The list of conversations as it was at a position of the inbox: all that has changed since, the inbox tells. */
export interface KeptList {
  readonly edges: readonly ConversationEdge[]
  /** Of those conversations of which they are known. */
  readonly members: readonly Pick<WholeConversation, 'id' | 'members'>[]
  readonly position: InboxPosition
}

interface Kept extends KeptList {
  /** Of which operations it is made: those of another release may have other fields. */
  readonly shape: string
}

const key = 'list'
const shape = (): string => `${idOf(ConversationsDocument)} ${idOf(InboxDocument)}`

export const keptListOf = (viewerId: string): Table<Kept> => tableOf<Kept>(viewerId, 'list')

/** Null when the device has none that this client can read. */
export async function readList(table: Pick<Table<Kept>, 'get'>): Promise<KeptList | null> {
  const kept = await table.get(key)
  return kept?.shape === shape() ? kept : null
}

/** Keeps the whole list as it is in the cache. */
export async function keepList(
  table: Pick<Table<Kept>, 'put'>,
  cache: ApolloCache,
  position: InboxPosition,
): Promise<void> {
  const edges = listedEdges(cache)
  await table.put(key, { edges, members: allMembers(cache, edges), position, shape: shape() })
}

/** What this tab has begun with, until it is followed. */
let begun: { readonly viewerId: string; readonly position: InboxPosition } | null = null

/** Shows what the device has kept, before the server has said anything. */
export function beginWith(cache: ApolloCache, viewerId: string, list: KeptList): void {
  showList(cache, list.edges, true)
  for (const one of list.members) keepMembers(cache, one)
  begun = { viewerId, position: list.position }
}

/** Where to follow on from; null when nothing is known. */
export function takeBegun(viewerId: string): InboxPosition | null {
  const position = begun?.viewerId === viewerId ? begun.position : null
  begun = null
  return position
}
