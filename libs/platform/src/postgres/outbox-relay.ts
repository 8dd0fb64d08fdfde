import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import type { AnyIntegrationEvent } from '@parley/contracts/integration-events'
import { asc, inArray, sql } from 'drizzle-orm'
import { EventProducer } from '../kafka/event-producer'
import { Wakeup } from '../service/wakeup'
import { type Database, InjectDatabase, InjectSql, type Sql } from './database'
import { outboxChannel } from './outbox'
import { outbox } from './tables'

const batch = 200
/** Notifications make it fast; polling finds rows of processes that died before they were moved. */
const idleMs = 5_000
const afterFailureMs = 1_000

/**
 * Moves outbox rows to Kafka in order. However many instances run, one relays at a time: a transaction-scoped advisory
 * lock, which is released with the connection of a relay that dies. Delivered at least once; consumers are idempotent
 * by event id.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(OutboxRelay.name)
  readonly #wakeup = new Wakeup()
  #running: Promise<void> = Promise.resolve()
  #failed = false

  constructor(
    @InjectDatabase() private readonly db: Database,
    @InjectSql() private readonly client: Sql,
    private readonly producer: EventProducer,
  ) {}

  onApplicationBootstrap(): void {
    const ring = () => this.#wakeup.ring()
    // A missed notification costs idleMs, so the service starts even when LISTEN fails; postgres.js listens again by
    // itself, and then the relay is woken, because it may have missed some.
    this.client
      .listen(outboxChannel, ring, ring)
      .catch((error: unknown) => this.#logger.warn({ err: error }, 'LISTEN failed; polling alone'))
    this.#running = this.#wakeup.loop(
      () => (this.#failed ? afterFailureMs : idleMs),
      () => this.#drain(),
    )
  }

  async onModuleDestroy(): Promise<void> {
    this.#wakeup.stop()
    await this.#running
  }

  async #drain(): Promise<void> {
    try {
      while ((await this.relayBatch()) === batch);
      this.#failed = false
    } catch (error) {
      this.#failed = true
      this.#logger.warn({ err: error }, 'The outbox waits: Kafka or PostgreSQL does not answer')
    }
  }

  /** Publishes one batch; returns how many rows it moved, also 0 when another instance holds the lock. */
  async relayBatch(): Promise<number> {
    return this.db.transaction(async (tx) => {
      const [lock] = await tx.execute<{ held: boolean }>(
        sql`select pg_try_advisory_xact_lock(hashtext(${outboxChannel})) as held`,
      )
      if (lock?.held !== true) return 0
      const rows = await tx.select().from(outbox).orderBy(asc(outbox.id)).limit(batch)
      if (rows.length === 0) return 0
      await this.producer.publish(rows.map((row) => row.event as AnyIntegrationEvent))
      await tx.delete(outbox).where(
        inArray(
          outbox.id,
          rows.map((row) => row.id),
        ),
      )
      return rows.length
    })
  }
}
