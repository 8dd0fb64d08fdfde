import { sql } from 'drizzle-orm'
import {
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { JWK } from 'jose'

export { outbox } from '@parley/platform/postgres/tables'

/** PostgreSQL's 64-bit transaction id: never wraps around. */
const transactionId = customType<{ data: string }>({ dataType: () => 'xid8' })
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  /** Lower case already, so unique without regard to case. */
  username: text('username').notNull().unique('users_username_unique'),
  displayName: text('display_name').notNull(),
  /** argon2id in the PHC format: the parameters are part of the hash. */
  passwordHash: text('password_hash').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** The terms of the search (domain/search-terms.ts), in lower case; always written together with the user. */
export const userSearchTerms = pgTable(
  'user_search_terms',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    term: text('term').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.term] }),
    // Serves LIKE 'prefix%' and the order of the result in any locale.
    index('user_search_terms_order').on(table.term.op('text_pattern_ops'), table.userId),
  ],
)

export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at').notNull(),
    revokedAt: instant('revoked_at'),
    /** The transaction that revoked it: the cursor of the next read of revocations; null in rows of older releases. */
    revokedIn: transactionId('revoked_in'),
  },
  (table) => [
    index('sessions_user_id').on(table.userId),
    index('sessions_revoked_at')
      .on(table.revokedAt)
      .where(sql`${table.revokedAt} is not null`),
  ],
)

export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    /** SHA-256 in base64url; the token itself exists only in the browser. */
    hash: text('hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    replacedAt: instant('replaced_at'),
  },
  (table) => [index('refresh_tokens_session_id').on(table.sessionId)],
)

export const signingKeys = pgTable('signing_keys', {
  /** The JWK thumbprint (RFC 7638). */
  kid: text('kid').primaryKey(),
  publicJwk: jsonb('public_jwk').$type<JWK>().notNull(),
  /** AES-256-GCM under SIGNING_KEY_SECRET: nonce, tag and text, in base64. */
  sealedPrivateJwk: text('sealed_private_jwk').notNull(),
  notBefore: instant('not_before').notNull(),
  retiredAt: instant('retired_at'),
  createdAt: instant('created_at')
    .notNull()
    .default(sql`now()`),
})

/** What people set about their presence; no row for those who never did. */
export const presenceSettings = pgTable('presence_settings', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  isHidden: boolean('is_hidden').notNull().default(false),
  statusEmoji: text('status_emoji'),
  statusText: text('status_text'),
  statusExpiresAt: instant('status_expires_at'),
})

/** A replica of the conversations, for who may see whose presence: the version that `conversation_members` has. */
export const knownConversations = pgTable('known_conversations', {
  id: uuid('id').primaryKey(),
  version: integer('version').notNull(),
})

export const conversationMembers = pgTable(
  'conversation_members',
  {
    userId: uuid('user_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    role: text('role', { enum: ['owner', 'member'] }).notNull(),
  },
  (table) => [
    // Serves the conversations of a person.
    primaryKey({ columns: [table.userId, table.conversationId] }),
    index('conversation_members_conversation_id').on(table.conversationId),
  ],
)
