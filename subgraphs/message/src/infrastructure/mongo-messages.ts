import { Injectable } from '@nestjs/common'
import type { MessageId } from '@parley/kernel/ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { Messages } from '../application/current-messages'
import type { Message } from '../domain/message'
import type { TimelineEvent } from '../domain/timeline-event'
import { MessageDocument } from './documents'
import { Projections } from './projections'

@Injectable()
export class MongoMessages extends Messages {
  constructor(
    @InjectModel(MessageDocument) private readonly messages: Model<typeof MessageDocument>,
    private readonly projections: Projections,
  ) {
    super()
  }

  async byId(ids: readonly MessageId[]): Promise<readonly Message[]> {
    return (await this.messages.find({ _id: { $in: [...ids] } }).lean()).map(toMessage)
  }

  fold(events: readonly TimelineEvent[]): Promise<void> {
    return this.projections.fold(events)
  }
}

/** The projection contains only what its fold wrote, so rows are not validated again. */
const toMessage = ({ _id, ...message }: MessageDocument): Message => ({ id: _id, ...message }) as unknown as Message
