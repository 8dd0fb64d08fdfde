import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { Cluster } from 'ioredis'
import { PresenceRecords } from '../application/presence-records'
import type { PresenceRecord, Sign } from '../domain/presence'

/** How long it is known when a person was last seen. */
const keptMs = 30 * 86_400_000
/** Of one person; beyond that the one that ends first is dropped. */
export const maxConnections = 20

const keyOf = (userId: UserId): string => `parley:presence:{${userId}}`
const seenField = 'seen'

/**
 * A hash for each person: a field for each connection with the time until which it counts, and when the person was last
 * seen. Times are in the values, so nothing has to be swept; who writes removes what is over.
 */
@Injectable()
export class RedisPresence extends PresenceRecords {
  constructor(private readonly redis: Cluster) {
    super()
  }

  override async put(userId: UserId, sign: Sign, now: number): Promise<PresenceRecord> {
    const key = keyOf(userId)
    const fields: [string, string][] = [[sign.connectionId, `${sign.until}:${sign.isActive ? 1 : 0}`]]
    if (sign.isActive) fields.push([seenField, String(now)])
    const results = await this.redis.multi().hgetall(key).hset(key, new Map(fields)).pexpire(key, keptMs).exec()
    const [error, before] = results?.[0] ?? [new Error('Redis answered nothing'), null]
    if (error !== null) throw error
    const record = recordOf(before as Record<string, string>)
    const superfluous = superfluousIn(record.signs, sign, now)
    if (superfluous.length > 0) await this.redis.hdel(key, ...superfluous)
    return record
  }

  /** Commands of one tick are written together; the keys are on different nodes. */
  override async read(ids: readonly UserId[]): Promise<readonly PresenceRecord[]> {
    return Promise.all(ids.map(async (id) => recordOf(await this.redis.hgetall(keyOf(id)))))
  }
}

function recordOf(fields: Record<string, string>): PresenceRecord {
  const { [seenField]: seen, ...connections } = fields
  const signs = Object.entries(connections).map(([connectionId, value]) => {
    const [until, isActive] = value.split(':')
    return { connectionId, until: Number(until), isActive: isActive === '1' }
  })
  return { signs, seenAt: seen === undefined ? null : Number(seen) }
}

/** Those that are over, and of too many those that end first; never the newest one. */
function superfluousIn(signs: readonly Sign[], newest: Sign, now: number): readonly string[] {
  const others = signs
    .filter(({ connectionId }) => connectionId !== newest.connectionId)
    .sort((one, other) => other.until - one.until)
  const kept = others.filter(({ until }) => until > now).slice(0, maxConnections - 1)
  return others.filter((sign) => !kept.includes(sign)).map(({ connectionId }) => connectionId)
}
