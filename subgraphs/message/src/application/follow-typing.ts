import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { LiveStream } from '@parley/platform/live/live-stream'
import { Stops } from '@parley/platform/live/stops'
import { formerMemberIn, type TimelineEvent } from '../domain/timeline-event'
import { liveChannels, type TypingSign } from './channels'
import { ConversationSigns, type SignsRequest, type SignsSource } from './conversation-signs'

/** The users who are typing, in the order in which they started. */
export interface TypingFrame {
  readonly conversationId: ConversationId
  readonly userIds: readonly UserId[]
}

const heartbeatMs = 10_000
/** Changes closer together come in one frame. */
const pauseMs = 300
/** Without another sign for this long a user counts as no longer typing. */
const silenceMs = 6_000
/** More than a client can show. */
export const maxTyping = 10

/**
 * Opens the live list of users who are typing in a conversation. It ends when its viewer leaves or the token expires.
 */
@Injectable()
export class FollowTyping {
  constructor(private readonly signs: ConversationSigns) {}

  open(request: SignsRequest): Promise<LiveStream<TypingFrame>> {
    const source = new TypingSource(request.conversationId, request.userId)
    return this.signs.follow(request, liveChannels.typing, source, { heartbeatMs, pauseMs })
  }
}

/** The typing users, as one stream knows them. */
class TypingSource implements SignsSource<TypingFrame, TypingSign> {
  isOver = false
  readonly stops = new Stops()
  /** With the timers that end it. */
  readonly #typing = new Map<UserId, NodeJS.Timeout>()
  #isChanged = false
  #wake: () => void = () => undefined

  constructor(
    private readonly conversationId: ConversationId,
    private readonly viewerId: UserId,
  ) {}

  open(wake: () => void): void {
    this.#wake = wake
  }

  hear({ userId, isTyping }: TypingSign): void {
    const timer = this.#typing.get(userId)
    if (isTyping && timer !== undefined) timer.refresh()
    else if (isTyping) this.#begin(userId)
    else if (timer !== undefined) this.#end(userId, timer)
  }

  /** An event of the conversation. */
  push(event: TimelineEvent): void {
    if (formerMemberIn(event) === this.viewerId) {
      this.isOver = true
      this.#change()
    } else if (event.type === 'MessageSent') this.hear({ userId: event.actorId, isTyping: false })
  }

  take(): Promise<TypingFrame | null> {
    return this.#isChanged ? this.heartbeat() : Promise.resolve(null)
  }

  heartbeat(): Promise<TypingFrame> {
    this.#isChanged = false
    const userIds = this.isOver ? [] : [...this.#typing.keys()].slice(0, maxTyping)
    return Promise.resolve({ conversationId: this.conversationId, userIds })
  }

  close(): void {
    for (const timer of this.#typing.values()) clearTimeout(timer)
    this.#typing.clear()
    this.stops.close()
  }

  #begin(userId: UserId): void {
    if (this.stops.isClosed) return
    const timer = setTimeout(() => this.#end(userId, timer), silenceMs)
    this.#typing.set(userId, timer)
    this.#change()
  }

  #end(userId: UserId, timer: NodeJS.Timeout): void {
    clearTimeout(timer)
    this.#typing.delete(userId)
    this.#change()
  }

  #change(): void {
    this.#isChanged = true
    this.#wake()
  }
}
