import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { upsertAll } from '@parley/platform/mongo/upsert-all'
import { ReceiptPrivacy } from '../application/read-positions'
import { ReaderSettingsDocument } from './documents'

@Injectable()
export class MongoReceiptPrivacy extends ReceiptPrivacy {
  constructor(@InjectModel(ReaderSettingsDocument) private readonly settings: Model<typeof ReaderSettingsDocument>) {
    super()
  }

  async hidden(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    const rows = await findByIds(this.settings, userIds)
    return new Set(rows.flatMap(({ _id, hidesReceipts }) => (hidesReceipts ? [_id as UserId] : [])))
  }

  async setHidden(userId: UserId, hidesReceipts: boolean): Promise<void> {
    await upsertAll(this.settings, [{ filter: { _id: userId }, update: { $set: { hidesReceipts } } }])
  }
}
