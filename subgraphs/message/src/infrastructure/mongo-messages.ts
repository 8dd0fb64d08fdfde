import { Injectable } from '@nestjs/common'
import type { MessageId } from '@parley/kernel/ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { Messages } from '../application/current-messages'
import type { Message } from '../domain/message'
import { MessageDocument } from './documents'

@Injectable()
export class MongoMessages extends Messages {
  constructor(@InjectModel(MessageDocument) private readonly messages: Model<typeof MessageDocument>) {
    super()
  }

  async byId(ids: readonly MessageId[]): Promise<readonly Message[]> {
    return (await this.messages.find({ _id: { $in: [...ids] } }).lean()).map(toMessage)
  }
}

/** The projection holds only what its fold wrote, so its rows are taken at their word. */
const toMessage = ({ _id, ...message }: MessageDocument): Message => ({ id: _id, ...message }) as unknown as Message
