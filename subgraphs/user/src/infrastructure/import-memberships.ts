import { batchesOf } from '@parley/contracts/demo-batches'
import type { PlannedConversation } from '@parley/contracts/demo-plan'
import { plannedMembership } from '@parley/memberships/planned-membership'
import type { Database } from '@parley/platform/postgres/database'
import { conversationMembers, knownConversations } from './schema'

const batch = 50

/** The replica after the start of each planned conversation. What events have brought already is left alone. */
export async function importMemberships(db: Database, plan: AsyncIterable<PlannedConversation>): Promise<void> {
  for await (const some of batchesOf(plan, batch, () => 1)) {
    const memberships = some.map(plannedMembership)
    await db.transaction(async (tx) => {
      const added = await tx
        .insert(knownConversations)
        .values(memberships.map(({ _id, version }) => ({ id: _id, version })))
        .onConflictDoNothing()
        .returning({ id: knownConversations.id })
      const ids = new Set(added.map(({ id }) => id))
      const rows = memberships.flatMap(({ _id, members }) =>
        ids.has(_id) ? members.map(({ userId, role }) => ({ conversationId: _id, userId, role })) : [],
      )
      if (rows.length > 0) await tx.insert(conversationMembers).values(rows).onConflictDoNothing()
    })
  }
}
