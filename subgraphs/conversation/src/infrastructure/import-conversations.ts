import { batchesOf } from '@parley/contracts/demo-batches'
import type { PlannedConversation } from '@parley/contracts/demo-plan'
import { type ClientId, type UserId, userId } from '@parley/kernel/ids'
import type { Database, Transaction } from '@parley/platform/postgres/database'
import { readStream } from '@parley/platform/postgres/event-store'
import { directConversationId, groupConversationId } from '../application/conversation-ids'
import { startDirect, startGroup } from '../domain/commands'
import { type ConversationCommand, conversationFold, conversationTitle } from '../domain/conversation'
import { toIntegrationEvent } from './integration-events'
import { recordActivity } from './postgres-activity'
import { project } from './projections'
import { events } from './schema'
import { storedConversation } from './stored-events'

const batch = 100

/**
 * By the domain rules, as if their first members had started them; publishes no events, because the other subgraphs
 * import the same plan.
 */
export async function importConversations(db: Database, plan: AsyncIterable<PlannedConversation>): Promise<void> {
  for await (const some of batchesOf(plan, batch, () => 1)) {
    await db.transaction(async (tx) => {
      for (const conversation of some) await begin(tx, conversation)
    })
  }
}

async function begin(tx: Transaction, planned: PlannedConversation): Promise<void> {
  if ((await readStream(tx, storedConversation, planned.id)).length > 0) return
  const { actor, command } = startOf(planned)
  const decided = command(conversationFold.initial)
  const metadata = { streamId: planned.id, actor, at: new Date(planned.startedAt) }
  const recorded = decided.map((event, index) => ({ ...metadata, version: index + 1, event }))
  const announced = recorded.map((one) => toIntegrationEvent(one).id)
  if (idOf(planned) !== planned.id || announced.join() !== planned.startedEventId)
    throw new Error(`The plan calls ${planned.id} what this subgraph would not`)
  await tx.insert(events).values(recorded.map(({ event, ...row }) => ({ ...row, ...event })))
  await project(tx, recorded)
  const last = planned.messages.at(-1)
  if (last !== undefined) await recordActivity(tx, new Map([[planned.id, new Date(last.at)]]))
}

function startOf({ kind, title, memberIds }: PlannedConversation): { actor: UserId; command: ConversationCommand } {
  const [actor, ...others] = memberIds.map(userId)
  const [other] = others
  if (actor === undefined || other === undefined) throw new Error('A planned conversation has two members or more')
  if (kind === 'direct') return { actor, command: startDirect(actor, other) }
  return { actor, command: startGroup(actor, conversationTitle(title ?? ''), others) }
}

function idOf({ kind, memberIds, clientId }: PlannedConversation): string {
  const [one, other] = memberIds.map(userId)
  if (one === undefined || other === undefined) return ''
  return kind === 'direct' ? directConversationId(one, other) : groupConversationId(one, clientId as ClientId)
}
