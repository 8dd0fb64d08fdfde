import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { LiveStream } from '@parley/platform/live/live-stream'
import { Stops } from '@parley/platform/live/stops'
import { formerMemberIn, type TimelineEvent } from '../domain/timeline-event'
import { liveChannels, type ReadSign } from './channels'
import { ConversationSigns, type SignsRequest, type SignsSource } from './conversation-signs'
import type { Receipt } from './inbox'
import { ReadPositions } from './read-positions'

/** What has changed since the frame before. */
export interface ReadPositionsFrame {
  readonly conversationId: ConversationId
  /** The first frame: all that there is to see. */
  readonly isWhole: boolean
  readonly positions: ReadonlyMap<UserId, Receipt>
  /** Those of whom nothing is shown any more. */
  readonly gone: readonly UserId[]
}

/** Everything is read again this often, in case that a sign was lost. */
const heartbeatMs = 20_000
/** Changes closer together come in one frame. */
const pauseMs = 500

/** Opens the live read positions of a conversation. They end when the viewer leaves or the token expires. */
@Injectable()
export class FollowReadPositions {
  constructor(
    private readonly signs: ConversationSigns,
    private readonly positions: ReadPositions,
  ) {}

  open(request: SignsRequest): Promise<LiveStream<ReadPositionsFrame>> {
    const { conversationId, userId } = request
    const source = new ReadPositionsSource(conversationId, userId, () => this.positions.of(conversationId, userId))
    return this.signs.follow(request, liveChannels.reading, source, { heartbeatMs, pauseMs })
  }
}

/** What one stream has sent. */
class ReadPositionsSource implements SignsSource<ReadPositionsFrame, ReadSign> {
  isOver = false
  readonly stops = new Stops()
  readonly #known = new Map<UserId, Receipt>()
  readonly #changed = new Set<UserId>()
  readonly #gone = new Set<UserId>()
  /** The viewer hides their own, and is shown none. */
  #isBlind = false
  #isStale = true
  #hasBegun = false
  #wake: () => void = () => undefined

  constructor(
    private readonly conversationId: ConversationId,
    private readonly viewerId: UserId,
    private readonly read: () => Promise<ReadonlyMap<UserId, Receipt> | null>,
  ) {}

  open(wake: () => void): void {
    this.#wake = wake
  }

  hear({ userId, readLine }: ReadSign): void {
    const known = this.#known.get(userId)
    if (readLine !== null && known !== undefined) this.#put(userId, { ...known, readLine })
    // It may be older than the hiding of the one whom it is about: the store decides who is shown.
    else if (readLine === null || !(this.#isBlind || userId === this.viewerId)) this.#isStale = true
    else return
    this.#wake()
  }

  /** An event of the conversation. */
  push(event: TimelineEvent): void {
    const former = formerMemberIn(event)
    if (former === null) return
    if (former === this.viewerId) this.isOver = true
    this.#remove(former)
    this.#wake()
  }

  async take(): Promise<ReadPositionsFrame | null> {
    if (this.#isStale && !this.isOver) await this.#refresh()
    return this.isOver || this.#changed.size + this.#gone.size > 0 ? this.#frame() : null
  }

  async heartbeat(): Promise<ReadPositionsFrame> {
    // While the store is away, what is known stays as it is.
    if (!this.isOver) await this.#refresh().catch(() => undefined)
    return this.#frame()
  }

  close(): void {
    this.stops.close()
  }

  async #refresh(): Promise<void> {
    // Before it is read: a sign meanwhile counts.
    this.#isStale = false
    const positions = await this.read()
    this.#isBlind = positions === null
    for (const userId of [...this.#known.keys()]) if (positions?.has(userId) !== true) this.#remove(userId)
    for (const [userId, receipt] of positions ?? []) this.#put(userId, receipt)
  }

  /** Signs and the store come in any order, and positions only move forward. */
  #put(userId: UserId, { readLine, sinceLine }: Receipt): void {
    const known = this.#known.get(userId) ?? { readLine: -1, sinceLine: 0 }
    if (readLine <= known.readLine && sinceLine <= known.sinceLine) return
    this.#known.set(userId, {
      readLine: Math.max(readLine, known.readLine),
      sinceLine: Math.max(sinceLine, known.sinceLine),
    })
    this.#gone.delete(userId)
    this.#changed.add(userId)
  }

  #remove(userId: UserId): void {
    if (!this.#known.delete(userId)) return
    this.#changed.delete(userId)
    this.#gone.add(userId)
  }

  #frame(): ReadPositionsFrame {
    const isShown = ([userId]: readonly [UserId, Receipt]) => !this.isOver && this.#changed.has(userId)
    const positions = new Map([...this.#known].filter(isShown))
    const gone = this.isOver ? [] : [...this.#gone]
    this.#changed.clear()
    this.#gone.clear()
    const isWhole = !this.#hasBegun
    this.#hasBegun = true
    return { conversationId: this.conversationId, isWhole, positions, gone }
  }
}
