import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { queries } from '../chat.ts'

/**
 * I6 and I8: the badge, which counts what Kafka told, equals the counts of the log over all conversations. Waits for as long as
 * a backlog may take; resolves with what is wrong then.
 */
export async function miscounts(client: Client, conversation: string, timeout = 60_000): Promise<readonly string[]> {
  const look = async () => {
    const { badge } = await client.must<{ badge: { unread: number } }>(queries.unread, { id: conversation })
    const list = await client.must<{ conversations: { edges: { node: { unreadCount: number } }[] } }>(
      '{ conversations(first: 50) { edges { node { unreadCount } } } }',
    )
    const recount = list.conversations.edges.reduce((sum, { node }) => sum + node.unreadCount, 0)
    if (badge.unread !== recount) throw new Error(`I6: the badge says ${badge.unread}, a recount gives ${recount}`)
  }
  return eventually(look, { timeout, interval: 200 }).then(
    () => [],
    (error: unknown) => [error instanceof Error ? error.message : String(error)],
  )
}
