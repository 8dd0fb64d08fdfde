import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import {
  type LiveSource,
  type LiveStream,
  type LiveStreamOptions,
  LiveStreams,
} from '@parley/platform/live/live-stream'
import type { Stops } from '@parley/platform/live/stops'
import { withPatience } from '@parley/platform/live/with-patience'
import { type Channel, Channels } from '@parley/platform/redis/channels'
import { Admission } from './admission'
import { type Listener, TimelineFeeds } from './timeline-feeds'
import { TimelineLog } from './timeline-log'

/** Who follows the signs of a conversation. */
export interface SignsRequest {
  readonly conversationId: ConversationId
  readonly userId: UserId
  /** Seconds since the epoch; the stream does not outlive the token that opened it. */
  readonly expiresAt: number
}

/** Makes frames of the signs and of the events of one conversation. */
export interface SignsSource<Frame, Sign> extends LiveSource<Frame>, Listener {
  readonly stops: Stops
  hear(sign: Sign): void
}

/**
 * Opens live streams of what members do that is not in the log, such as typing and reading: over Redis, best effort.
 * They end when the viewer leaves the conversation or the token expires.
 */
@Injectable()
export class ConversationSigns {
  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
    private readonly feeds: TimelineFeeds,
    private readonly channels: Channels,
    private readonly streams: LiveStreams,
  ) {}

  async follow<Frame, Sign>(
    { conversationId, userId, expiresAt }: SignsRequest,
    channel: Channel<ConversationId, Sign>,
    source: SignsSource<Frame, Sign>,
    timing: Pick<LiveStreamOptions, 'heartbeatMs' | 'pauseMs'>,
  ): Promise<LiveStream<Frame>> {
    const assertAllowed = () => this.admission.assertStillMember(conversationId, userId)
    const { seq: headSeq } = await this.log.head(conversationId)
    await assertAllowed()
    return this.streams.begin(source, { ...timing, expiresAt, assertAllowed }, () => {
      const listening = this.feeds.listen(conversationId, source)
      listening.begin(headSeq)
      source.stops.add(listening.stop)
      const subscribed = this.channels.subscribe(channel, conversationId, (sign) => source.hear(sign))
      void subscribed.then((unsubscribe) => source.stops.add(unsubscribe))
      return withPatience(Promise.all([listening.ready, subscribed]))
    })
  }
}
