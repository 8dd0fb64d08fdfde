import { desc } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export { events, outbox } from '@parley/platform/postgres/tables'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Folded from the events, like `members`; rebuild-projections.ts rebuilds both. */
export const conversations = pgTable('conversations', {
  id: uuid('id').primaryKey(),
  kind: text('kind', { enum: ['direct', 'group'] }).notNull(),
  title: text('title'),
  topic: text('topic'),
  memberCount: integer('member_count').notNull(),
  createdAt: instant('created_at').notNull(),
  /** Of its events and of messages, which arrive over Kafka. */
  lastActivityAt: instant('last_activity_at').notNull(),
})

export const members = pgTable(
  'members',
  {
    conversationId: uuid('conversation_id').notNull(),
    userId: uuid('user_id').notNull(),
    role: text('role', { enum: ['owner', 'member'] }).notNull(),
    joinedAt: instant('joined_at').notNull(),
    /** The order of joining: the event's version, and the place in it for those who were there at the start. */
    joinedVersion: integer('joined_version').notNull(),
    joinedPlace: integer('joined_place').notNull(),
    /** Copied from the conversation: the sort column of a list must be in the index that the list is read from. */
    lastActivityAt: instant('last_activity_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.userId] }),
    // Serves a user's list of conversations page by page.
    index('members_list').on(table.userId, desc(table.lastActivityAt), desc(table.conversationId)),
    // Serves the members of conversations in the order in which they joined.
    index('members_joined').on(table.conversationId, table.joinedVersion, table.joinedPlace),
  ],
)

/** The accounts that are known to exist: a replica of the user subgraph's data. */
export const knownUsers = pgTable('known_users', { id: uuid('id').primaryKey() })
