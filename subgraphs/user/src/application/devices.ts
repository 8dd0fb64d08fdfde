import { randomUUID } from 'node:crypto'
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import { afterSign, stateOf } from '../domain/presence'
import { presenceChanged } from './channels'
import { PresenceRecords } from './presence-records'

export interface PresenceTimes {
  /** How often a connected device is recorded again. */
  readonly beatMs: number
  /** How long a device counts after its connection ended. */
  readonly graceMs: number
}

export const PRESENCE_TIMES = 'parley:presence-times'

interface Device {
  readonly userId: UserId
  readonly connectionId: string
  readonly isActive: boolean
}

/**
 * Records the devices that are connected to this process. A record counts for one beat and the grace, so the devices of
 * a killed process are gone by themselves.
 */
@Injectable()
export class Devices implements OnModuleDestroy {
  readonly #logger = new Logger(Devices.name)
  readonly #connected = new Set<Device>()
  readonly #stop: () => void
  #isLosing = false

  constructor(
    private readonly records: PresenceRecords,
    private readonly channels: Channels,
    @Inject(PRESENCE_TIMES) private readonly times: PresenceTimes,
  ) {
    // What could not be recorded is made good when Redis is back.
    this.#stop = channels.onGap(() => {
      for (const device of this.#connected) void this.#beat(device)
    })
  }

  /** From now on the device is connected; the result ends that. */
  connect(userId: UserId, isActive: boolean): () => void {
    const device: Device = { userId, connectionId: randomUUID().slice(0, 13), isActive }
    this.#connected.add(device)
    const timer = setInterval(() => void this.#beat(device), this.times.beatMs).unref()
    void this.#beat(device)
    return () => {
      clearInterval(timer)
      if (this.#connected.delete(device)) void this.#record(device, this.times.graceMs, true)
    }
  }

  onModuleDestroy(): void {
    this.#stop()
  }

  #beat(device: Device): Promise<void> {
    return this.#record(device, this.times.beatMs + this.times.graceMs, false)
  }

  /** Announces it when others may see a change, or when it ends sooner than they know. */
  async #record({ userId, connectionId, isActive }: Device, forMs: number, endsSooner: boolean): Promise<void> {
    const now = Date.now()
    const sign = { connectionId, isActive, until: now + forMs }
    try {
      const before = await this.records.put(userId, sign, now)
      this.#isLosing = false
      if (endsSooner || stateOf(before, now) !== stateOf(afterSign(before, sign, now), now))
        await this.channels.publish(presenceChanged, userId, 'devices')
    } catch (error) {
      if (!this.#isLosing) this.#logger.warn({ err: error }, 'Nobody is seen to come or go: Redis does not answer')
      this.#isLosing = true
    }
  }
}
