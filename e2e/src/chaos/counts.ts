import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { lineToRead, queries, readBack, sumOf, unreadInInbox, unreadInList } from '../chat.ts'

/**
 * I6 and I8: the unread count of the inbox equals the sum over all conversations, and the count of this conversation
 * equals a recount of its log. Waits as long as a backlog may take; resolves with the differences.
 */
export async function miscounts(client: Client, conversation: string, timeout = 60_000): Promise<readonly string[]> {
  const look = async () => {
    const [counts, recounted] = [await unreadInList(client), await recount(client, conversation)]
    const [sum, total] = [sumOf(counts), await unreadInInbox(client)]
    if (total !== sum) throw new Error(`I6: the inbox says ${total}, its conversations ${sum}`)
    const listed = counts.get(conversation) ?? 0
    if (listed !== recounted) throw new Error(`I6: the conversation says ${listed}, a recount gives ${recounted}`)
  }
  return eventually(look, { timeout, interval: 200 }).then(
    () => [],
    (error: unknown) => [error instanceof Error ? error.message : String(error)],
  )
}

/** Lines of others after the client's read position, counted in the log itself. */
export async function recount(client: Client, conversation: string): Promise<number> {
  const data = await client.must<{ conversation: { readLine: number } }>(queries.unread, { id: conversation })
  const { events } = await readBack(client, conversation)
  const { readLine } = data.conversation
  return events.filter((event) => (lineToRead(event) ?? 0) > readLine && event.actorId !== client.userId).length
}
