import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { collectionOf, InjectModel, type Model, upsertAll } from '@parley/platform/mongo/mongo.module'
import { ReceiptPrivacy } from '../application/read-positions'
import { ReaderSettingsDocument } from './documents'

@Injectable()
export class MongoReceiptPrivacy extends ReceiptPrivacy {
  constructor(@InjectModel(ReaderSettingsDocument) private readonly settings: Model<typeof ReaderSettingsDocument>) {
    super()
  }

  async hidden(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    const rows = await collectionOf(this.settings)
      .find({ _id: { $in: [...userIds] } })
      .toArray()
    return new Set(rows.flatMap(({ _id, hidesReceipts }) => (hidesReceipts ? [_id as UserId] : [])))
  }

  async setHidden(userId: UserId, hidesReceipts: boolean): Promise<void> {
    await upsertAll(collectionOf(this.settings), [{ filter: { _id: userId }, update: { $set: { hidesReceipts } } }])
  }
}
