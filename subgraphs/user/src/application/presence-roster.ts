import { Injectable, type OnModuleDestroy } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { withPatience } from '@parley/platform/live/with-patience'
import { Channels } from '@parley/platform/redis/channels'
import DataLoader from 'dataloader'
import { type PresenceRecord, type PresenceSettings, stateEndsAt } from '../domain/presence'
import { presenceChanged, type PresenceChange } from './channels'
import { AllPresenceSettings } from './presence-settings'
import { PresenceRecords } from './presence-records'

export interface KnownPresence {
  /** Null while devices cannot be known. */
  readonly record: PresenceRecord | null
  readonly settings: PresenceSettings
}

export interface PresenceListener {
  /** Something about this person may look different now. */
  changed(userId: UserId): void
  /** Who may see this person has changed. */
  circleChanged(): void
}

/** Devices that could not be read are read again after this time. */
const retryMs = 5_000
/** Node's timers end at 24 days; what lasts longer is looked at in between. */
const longestWaitMs = 86_400_000
/** Read again a little after the end of a sign, so that it is over by any clock here. */
const slackMs = 50

class Entry {
  readonly listeners = new Set<PresenceListener>()
  known: KnownPresence | null = null
  loaded: Promise<void> = Promise.resolve()
  unsubscribe: Promise<() => void> = Promise.resolve(() => undefined)
  timer: NodeJS.Timeout | undefined
  /** Every read reads the settings until they are known as they are now: somebody may have hidden themselves. */
  settingsDue = true
  /** Of two reads that overlap, the one that began later counts. */
  reads = 0
  newest: Promise<void> = Promise.resolve()
}

/**
 * The presence of everyone who is followed from this process: read once for all who follow them, again at a hint, and
 * when the last sign of a device ends. Nothing is read of people whom nobody follows.
 */
@Injectable()
export class PresenceRoster implements OnModuleDestroy {
  readonly #entries = new Map<UserId, Entry>()
  readonly #records: DataLoader<UserId, PresenceRecord>
  readonly #settings: DataLoader<UserId, PresenceSettings>
  readonly #stop: () => void

  constructor(
    records: PresenceRecords,
    settings: AllPresenceSettings,
    private readonly channels: Channels,
  ) {
    this.#records = new DataLoader((ids) => readSoon(records, ids), { cache: false, maxBatchSize: 500 })
    this.#settings = new DataLoader((ids) => settings.read(ids), { cache: false, maxBatchSize: 500 })
    this.#stop = channels.onGap(() => {
      for (const [userId, entry] of this.#entries) {
        for (const listener of entry.listeners) listener.circleChanged()
        this.#hear(userId, entry, 'settings')
      }
    })
  }

  /** Resolves when hints arrive and the person is known; rejects when settings cannot be read. */
  watch(userId: UserId, listener: PresenceListener): { readonly ready: Promise<void>; readonly stop: () => void } {
    const entry = this.#entries.get(userId) ?? this.#open(userId)
    entry.listeners.add(listener)
    return { ready: entry.loaded, stop: () => this.#leave(userId, entry, listener) }
  }

  /** Null until it has been read. */
  known(userId: UserId): KnownPresence | null {
    return this.#entries.get(userId)?.known ?? null
  }

  get size(): number {
    return this.#entries.size
  }

  onModuleDestroy(): void {
    this.#stop()
  }

  #open(userId: UserId): Entry {
    const entry = new Entry()
    this.#entries.set(userId, entry)
    entry.unsubscribe = this.channels.subscribe(presenceChanged, userId, (change) => this.#hear(userId, entry, change))
    // Subscribed first and read then: a change in between is in one of the two.
    entry.loaded = withPatience(entry.unsubscribe).then(() => this.#read(userId, entry))
    // Each who waits for it hears of the failure; the next one tries again.
    entry.loaded.catch(() => {
      if (this.#entries.get(userId) === entry && entry.known === null) this.#entries.delete(userId)
    })
    return entry
  }

  #leave(userId: UserId, entry: Entry, listener: PresenceListener): void {
    entry.listeners.delete(listener)
    if (entry.listeners.size > 0) return
    clearTimeout(entry.timer)
    if (this.#entries.get(userId) === entry) this.#entries.delete(userId)
    void entry.unsubscribe.then((unsubscribe) => unsubscribe())
  }

  #hear(userId: UserId, entry: Entry, change: PresenceChange): void {
    if (change === 'circle') {
      for (const listener of entry.listeners) listener.circleChanged()
      return
    }
    if (change === 'settings') entry.settingsDue = true
    void this.#readAgain(userId, entry)
  }

  /** Until it succeeds. */
  #readAgain(userId: UserId, entry: Entry): Promise<void> {
    return this.#read(userId, entry).catch(() => {
      if (entry.listeners.size === 0) return
      clearTimeout(entry.timer)
      entry.timer = setTimeout(() => void this.#readAgain(userId, entry), retryMs).unref()
    })
  }

  #read(userId: UserId, entry: Entry): Promise<void> {
    entry.reads += 1
    entry.newest = this.#readNow(userId, entry)
    return entry.newest
  }

  /** Devices always; settings, which change seldom, when they are due. */
  async #readNow(userId: UserId, entry: Entry): Promise<void> {
    const { reads } = entry
    const [record, settings] = await Promise.all([
      this.#records.load(userId).catch(() => null),
      entry.settingsDue ? this.#settings.load(userId) : null,
    ])
    const current = settings ?? entry.known?.settings
    // Whoever waits for the first read gets to know of the person by the one that counts.
    if (reads !== entry.reads) return entry.known === null ? entry.newest : undefined
    if (current === undefined) return
    entry.known = { record, settings: current }
    // A hint that came meanwhile has begun a later read, so they are not older than it.
    if (settings !== null) entry.settingsDue = false
    if (entry.listeners.size === 0) return
    this.#waitForEnd(userId, entry, entry.known)
    for (const listener of entry.listeners) listener.changed(userId)
  }

  #waitForEnd(userId: UserId, entry: Entry, { record, settings }: KnownPresence): void {
    clearTimeout(entry.timer)
    const now = Date.now()
    const statusEndsAt = settings.status?.expiresAt?.getTime() ?? Infinity
    const endsAt = Math.min(
      record === null ? now + retryMs : (stateEndsAt(record, now) ?? Infinity),
      statusEndsAt > now ? statusEndsAt : Infinity,
    )
    if (endsAt === Infinity) return
    const waitMs = Math.min(endsAt - now + slackMs, longestWaitMs)
    entry.timer = setTimeout(() => void this.#readAgain(userId, entry), waitMs).unref()
  }
}

/** Redis may hang: then the devices are unknown soon, and the stream begins. */
async function readSoon(records: PresenceRecords, ids: readonly UserId[]): Promise<readonly PresenceRecord[]> {
  const read = await withPatience(records.read(ids))
  if (read === undefined) throw new Error('Redis does not answer in time')
  return read
}
