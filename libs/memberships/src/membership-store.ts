import { Injectable } from '@nestjs/common'
import { collectionOf, InjectModel, type Model, upsertAll } from '@parley/platform/mongo/mongo.module'
import DataLoader from 'dataloader'
import type { Membership } from './membership'
import { MembershipDocument } from './membership-documents'

/** Where the replica is kept. Only ever moves to newer versions, whoever writes. */
export abstract class MembershipStore {
  abstract load(conversationId: string): Promise<Membership | null>
  abstract save(membership: Membership): Promise<void>
  /** The conversations that somebody is in, as far as this subgraph has heard. */
  abstract conversationsOf(userId: string): Promise<readonly string[]>
}

@Injectable()
export class MongoMembershipStore extends MembershipStore {
  /** A list of conversations asks for all of them in one tick: one query. Nothing is remembered between ticks. */
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
    await upsertAll(collectionOf(this.memberships), [
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
    const rows = await this.memberships.find({ _id: { $in: [...new Set(ids)] } }).lean()
    const found = new Map(rows.map(({ _id, version, members }) => [_id, { conversationId: _id, version, members }]))
    return ids.map((id) => found.get(id) ?? null)
  }
}
