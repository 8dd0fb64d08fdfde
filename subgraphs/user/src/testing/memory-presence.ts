import type { UserId } from '@parley/kernel/ids'
import { Circle } from '../application/circle'
import { PresenceRecords } from '../application/presence-records'
import { AllPresenceSettings } from '../application/presence-settings'
import {
  afterSign,
  noSettings,
  noSigns,
  type PresenceRecord,
  type PresenceSettings,
  type Sign,
} from '../domain/presence'
import type { Status } from '../domain/status'

export class MemoryPresenceRecords extends PresenceRecords {
  readonly rows = new Map<UserId, PresenceRecord>()
  isAway = false
  reads = 0
  writes = 0

  override async put(userId: UserId, sign: Sign, now: number): Promise<PresenceRecord> {
    this.#assertHere()
    this.writes += 1
    const before = this.rows.get(userId) ?? noSigns
    this.rows.set(userId, afterSign(before, sign, now))
    return before
  }

  override async read(ids: readonly UserId[]): Promise<readonly PresenceRecord[]> {
    this.#assertHere()
    this.reads += ids.length
    return ids.map((id) => this.rows.get(id) ?? noSigns)
  }

  #assertHere(): void {
    if (this.isAway) throw new Error('Redis is away')
  }
}

/** Everybody has an account. */
export class MemoryPresenceSettings extends AllPresenceSettings {
  readonly rows = new Map<UserId, PresenceSettings>()

  override async read(ids: readonly UserId[]): Promise<readonly PresenceSettings[]> {
    return ids.map((id) => this.rows.get(id) ?? noSettings)
  }

  override setStatus(userId: UserId, status: Status | null): Promise<boolean> {
    return this.#set(userId, { status })
  }

  override setHidden(userId: UserId, isHidden: boolean): Promise<boolean> {
    return this.#set(userId, { isHidden })
  }

  async #set(userId: UserId, change: Partial<PresenceSettings>): Promise<boolean> {
    this.rows.set(userId, { ...(this.rows.get(userId) ?? noSettings), ...change })
    return true
  }
}

/** Everybody shares a conversation with everybody but the strangers. */
export class MemoryCircle extends Circle {
  readonly strangers = new Set<UserId>()
  asked = 0

  override async among(viewerId: UserId, ids: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    this.asked += 1
    return new Set(ids.filter((id) => id !== viewerId && !this.strangers.has(id) && !this.strangers.has(viewerId)))
  }
}
