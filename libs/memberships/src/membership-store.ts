import { Injectable } from '@nestjs/common'
import { collectionOf, InjectModel, isDuplicateKey, type Model } from '@parley/platform/mongo/mongo.module'
import type { Membership } from './membership'
import { MembershipDocument } from './membership-documents'

/** Where the replica is kept. Only ever moves to newer versions, whoever writes. */
export abstract class MembershipStore {
  abstract load(conversationId: string): Promise<Membership | null>
  abstract save(membership: Membership): Promise<void>
}

@Injectable()
export class MongoMembershipStore extends MembershipStore {
  constructor(@InjectModel(MembershipDocument) private readonly memberships: Model<typeof MembershipDocument>) {
    super()
  }

  async load(conversationId: string): Promise<Membership | null> {
    const row = await this.memberships.findById(conversationId).lean()
    return row === null ? null : { conversationId, version: row.version, memberIds: row.memberIds }
  }

  async save({ conversationId, version, memberIds }: Membership): Promise<void> {
    const replaceOlder = (upsert: boolean) =>
      collectionOf(this.memberships).updateOne(
        { _id: conversationId, version: { $lt: version } },
        { $set: { version, memberIds: [...memberIds] } },
        { upsert },
      )
    try {
      await replaceOlder(true)
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      // The upsert met a document: a newer one, which stays, or an older one that was made at the same instant.
      await replaceOlder(false)
    }
  }
}
