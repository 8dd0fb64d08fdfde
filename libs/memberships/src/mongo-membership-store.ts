import { Injectable } from '@nestjs/common'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { upsertAll } from '@parley/platform/mongo/upsert-all'
import DataLoader from 'dataloader'
import type { Membership } from './membership'
import { MembershipDocument } from './membership-documents'
import { MembershipStore } from './membership-store'

@Injectable()
export class MongoMembershipStore extends MembershipStore {
  /** Batches the lookups of one tick into one query; nothing is cached between ticks. */
  readonly #loads = new DataLoader<string, Membership | null>((ids) => this.#loadAll(ids), {
    cache: false,
    maxBatchSize: 500,
  })

  constructor(@InjectModel(MembershipDocument) private readonly memberships: Model<typeof MembershipDocument>) {
    super()
  }

  load(conversationId: string): Promise<Membership | null> {
    return this.#loads.load(conversationId)
  }

  async save({ conversationId, version, members }: Membership): Promise<void> {
    await upsertAll(this.memberships, [
      {
        filter: { _id: conversationId, version: { $lt: version } },
        update: { $set: { version, members: [...members] } },
      },
    ])
  }

  async conversationsOf(userId: string): Promise<readonly string[]> {
    const rows = await this.memberships.find({ 'members.userId': userId }, { _id: 1 }).lean()
    return rows.map(({ _id }) => _id)
  }

  async #loadAll(ids: readonly string[]): Promise<readonly (Membership | null)[]> {
    const rows = await findByIds(this.memberships, ids)
    const found = new Map(rows.map(({ _id, version, members }) => [_id, { conversationId: _id, version, members }]))
    return ids.map((id) => found.get(id) ?? null)
  }
}
