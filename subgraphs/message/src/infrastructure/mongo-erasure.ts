import { Injectable } from '@nestjs/common'
import { collectionOf, InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { Erasure } from '../application/erasure'
import { emptied, emptiedSending } from '../domain/message'
import type { EventOf, TimelineEvent } from '../domain/timeline-event'
import { EventDocument } from './documents'

type Deletion = EventOf<'MessageDeleted'>

const isDeletion = (event: TimelineEvent): event is Deletion => event.type === 'MessageDeleted'

@Injectable()
export class MongoErasure extends Erasure {
  constructor(@InjectModel(EventDocument) private readonly events: Model<typeof EventDocument>) {
    super()
  }

  async erase(events: readonly TimelineEvent[]): Promise<void> {
    await Promise.all(events.filter(isDeletion).map((event) => this.#erase(event)))
  }

  async #erase({ at, actorId, data: { messageId, state } }: Deletion): Promise<void> {
    const deletion = { deletedAt: at, deletedBy: actorId }
    const rest = { ...emptied, ...deletion }
    const log = collectionOf(this.events)
    // The event that sent a message has its id; all others are found by `about`. The deletion itself carries the same.
    await log.updateOne({ _id: messageId }, within('data', { ...emptiedSending, ...deletion }))
    await log.updateMany({ about: messageId }, within('data.state', rest))
    // Replies carry it as the root of their thread.
    if (state.thread) await log.updateMany({ root: messageId }, within('data.root', rest))
  }
}

const within = (path: string, fields: Readonly<Record<string, unknown>>) => ({
  $set: Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${path}.${name}`, value])),
})
