import { randomUUID } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { InjectModel, isDuplicateKey, type Model } from '@parley/platform/mongo/mongo.module'
import { LeaseDocument } from './documents'

const name = 'timeline-relay'
const leaseMs = 3_000

/** Held by at most one process while clocks agree roughly; what it protects must stand being done twice all the same. */
@Injectable()
export class Lease {
  readonly #owner = randomUUID()

  constructor(@InjectModel(LeaseDocument) private readonly leases: Model<typeof LeaseDocument>) {}

  /** Takes or prolongs the lease; false when another process has it. */
  async hold(): Promise<boolean> {
    const now = Date.now()
    try {
      await this.leases.updateOne(
        { _id: name, $or: [{ owner: this.#owner }, { until: { $lt: new Date(now) } }] },
        { $set: { owner: this.#owner, until: new Date(now + leaseMs) } },
        { upsert: true },
      )
      return true
    } catch (error) {
      // The upsert met the document of another owner.
      if (isDuplicateKey(error)) return false
      throw error
    }
  }

  async release(): Promise<void> {
    await this.leases.deleteOne({ _id: name, owner: this.#owner })
  }
}
