import { randomUUID } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { InjectModel, isDuplicateKey, type Model } from '@parley/platform/mongo/mongo.module'
import { LeaseDocument } from './documents'

const name = 'timeline-relay'
const leaseMs = 3_000

/** Held by at most one process while clocks agree roughly; the protected work must be idempotent anyway. */
@Injectable()
export class Lease {
  readonly #owner = randomUUID()
  /** By the monotonic clock. */
  #heldUntil = 0

  constructor(@InjectModel(LeaseDocument) private readonly leases: Model<typeof LeaseDocument>) {}

  /** No other process can have it now. */
  get held(): boolean {
    return performance.now() < this.#heldUntil
  }

  /** Takes or renews the lease; false when another process has it. Writes only when half of it has passed. */
  async hold(): Promise<boolean> {
    const asked = performance.now()
    if (this.#heldUntil - asked > leaseMs / 2) return true
    const now = Date.now()
    try {
      await this.leases.updateOne(
        { _id: name, $or: [{ owner: this.#owner }, { until: { $lt: new Date(now) } }] },
        { $set: { owner: this.#owner, until: new Date(now + leaseMs) } },
        { upsert: true },
      )
      this.#heldUntil = asked + leaseMs
      return true
    } catch (error) {
      // The upsert conflicted with the document of another owner.
      if (isDuplicateKey(error)) return false
      throw error
    }
  }

  async release(): Promise<void> {
    this.#heldUntil = 0
    await this.leases.deleteOne({ _id: name, owner: this.#owner })
  }
}
