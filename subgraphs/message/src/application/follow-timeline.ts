import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { type LiveStream, LiveStreams } from '@parley/platform/live/live-stream'
import { assertExists } from '../domain/cursor'
import { Admission } from './admission'
import { CatchUpPace } from './catch-up-pace'
import type { TimelineFrame } from './follower'
import { TimelineFeeds } from './timeline-feeds'
import { TimelineLog } from './timeline-log'

const heartbeatMs = 5_000

/** A viewer who wants to follow a conversation after a cursor. */
export interface Follow {
  readonly conversationId: ConversationId
  readonly userId: UserId
  readonly after: number
}

export interface FollowRequest extends Follow {
  /** Seconds since the epoch; the stream does not outlive the token that opened it. */
  readonly expiresAt: number
}

/** Opens the live stream of a conversation from a cursor. It ends by itself when its viewer leaves or the token runs out. */
@Injectable()
export class FollowTimeline {
  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
    private readonly feeds: TimelineFeeds,
    private readonly catchUp: CatchUpPace,
    private readonly streams: LiveStreams,
  ) {}

  async open({ conversationId, userId, after, expiresAt }: FollowRequest): Promise<LiveStream<TimelineFrame>> {
    const headSeq = await this.assertMayFollow({ conversationId, userId, after })
    const follower = await this.feeds.follow(conversationId, {
      viewerId: userId,
      after,
      headSeq,
      pace: (read, weightOf) => this.catchUp.read(userId, read, weightOf),
    })
    return this.streams.open(follower, {
      heartbeatMs,
      expiresAt,
      assertAllowed: () => this.admission.assertStillMember(conversationId, userId),
    })
  }

  /** Rejects as the stream would; resolves with the head of the conversation. */
  async assertMayFollow({ conversationId, userId, after }: Follow): Promise<number> {
    await this.admission.assertStillMember(conversationId, userId)
    const { seq: headSeq } = await this.log.head(conversationId)
    assertExists('after', after, headSeq)
    return headSeq
  }
}
