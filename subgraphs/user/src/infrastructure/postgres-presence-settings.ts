import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { type Database, InjectDatabase } from '@parley/platform/postgres/database'
import { eq, inArray, type InferSelectModel } from 'drizzle-orm'
import { AllPresenceSettings } from '../application/presence-settings'
import { noSettings, type PresenceSettings } from '../domain/presence'
import type { Status } from '../domain/status'
import { presenceSettings, users } from './schema'

type Row = InferSelectModel<typeof presenceSettings>

@Injectable()
export class PostgresPresenceSettings extends AllPresenceSettings {
  constructor(@InjectDatabase() private readonly db: Database) {
    super()
  }

  override async read(ids: readonly UserId[]): Promise<readonly PresenceSettings[]> {
    if (ids.length === 0) return []
    const rows = await this.db
      .select()
      .from(presenceSettings)
      .where(inArray(presenceSettings.userId, [...new Set(ids)]))
    const found = new Map<string, Row>(rows.map((row) => [row.userId, row]))
    return ids.map((id) => settingsOf(found.get(id)))
  }

  override setStatus(userId: UserId, status: Status | null): Promise<boolean> {
    const { emoji, text, expiresAt } = status ?? { emoji: null, text: null, expiresAt: null }
    return this.#set(userId, { statusEmoji: emoji, statusText: text, statusExpiresAt: expiresAt })
  }

  override setHidden(userId: UserId, isHidden: boolean): Promise<boolean> {
    return this.#set(userId, { isHidden })
  }

  async #set(userId: UserId, change: Partial<Omit<Row, 'userId'>>): Promise<boolean> {
    // Selected, not only referenced: an account that is gone is an answer and not a failure.
    const [user] = await this.db.select({ id: users.id }).from(users).where(eq(users.id, userId))
    if (user === undefined) return false
    await this.db
      .insert(presenceSettings)
      .values({ userId, ...change })
      .onConflictDoUpdate({ target: presenceSettings.userId, set: change })
    return true
  }
}

function settingsOf(row: Row | undefined): PresenceSettings {
  if (row === undefined) return noSettings
  const { isHidden, statusEmoji: emoji, statusText: text, statusExpiresAt: expiresAt } = row
  return { isHidden, status: emoji === null && text === null ? null : { emoji, text, expiresAt } }
}
