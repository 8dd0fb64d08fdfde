import type { ConversationId } from '@parley/kernel/ids'
import { LiveStream } from '@parley/platform/live/live-stream'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import type { TimelineEvent } from '../domain/timeline-event'
import { entry } from '../testing/entries'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { liveChannels } from './channels'
import { ConversationHeads, type ConversationHead } from './conversation-heads'
import type { TimelineFrame } from './follower'
import { TimelineFeeds } from './timeline-feeds'

/** The heads of a log, with a record of the requests. */
class CountedHeads extends ConversationHeads {
  readonly asked: (readonly ConversationId[])[] = []

  constructor(private readonly log: MemoryTimelineLog) {
    super()
  }

  async load(ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>> {
    this.asked.push(ids)
    const heads = ids.map(async (id): Promise<[ConversationId, ConversationHead]> => {
      return [
        id,
        {
          ...(await this.log.head(id)),
          detailsSeq: 0,
          lastMessageId: null,
          pinnedCount: 0,
          foldedSeq: 0,
          changedAt: new Date(),
        },
      ]
    })
    return new Map(await Promise.all(heads))
  }
}

/** A log that counts how often it is read. */
class CountedLog extends MemoryTimelineLog {
  reads = 0

  override readAfter(conversationId: ConversationId, after: number, limit: number) {
    this.reads += 1
    return super.readAfter(conversationId, after, limit)
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('TimelineFeeds', () => {
  let log: CountedLog
  let channels: MemoryChannels
  let heads: CountedHeads
  let feeds: TimelineFeeds
  const streams: LiveStream<TimelineFrame>[] = []

  beforeEach(() => {
    log = new CountedLog()
    channels = new MemoryChannels()
    heads = new CountedHeads(log)
    feeds = new TimelineFeeds(log, channels, heads)
    feeds.onApplicationBootstrap()
  })
  afterEach(async () => {
    feeds.onModuleDestroy()
    for (const stream of streams.splice(0)) await stream.return()
    expect(channels.topics).toBe(0)
  })

  async function follow(conversationId: ConversationId): Promise<LiveStream<TimelineFrame>> {
    const { seq: headSeq } = await log.head(conversationId)
    const pace = <Page>(read: () => Promise<Page>) => read()
    const follower = await feeds.follow(conversationId, { after: headSeq, headSeq, viewerId: newUser(), pace })
    const assertAllowed = () => Promise.resolve()
    const expiresAt = Date.now() / 1_000 + 3_600
    const stream = new LiveStream(follower, { heartbeatMs: 60_000, expiresAt, assertAllowed })
    streams.push(stream)
    await stream.next()
    return stream
  }
  const hint = (event: TimelineEvent) => channels.publish(liveChannels.timeline, event.conversationId, event)
  const append = (conversationId: ConversationId) => log.append(entry({ conversationId }))
  /** Appends an event without a hint. */
  async function appendUnheard(conversationId: ConversationId): Promise<void> {
    await append(conversationId)
  }
  async function seqsOf(stream: LiveStream<TimelineFrame>, count: number): Promise<number[]> {
    const seqs: number[] = []
    while (seqs.length < count) {
      const { value } = await stream.next()
      seqs.push(...(value?.events.map(({ seq }) => seq) ?? []))
    }
    return seqs
  }

  it('delivers to a listener what happened between its subscription and where it begins, and nothing before', async () => {
    const conversationId = newConversation()
    await append(conversationId)
    const heard: number[] = []
    const listening = feeds.listen(conversationId, { push: ({ seq }) => heard.push(seq) })
    await listening.ready
    await hint(await append(conversationId))
    await hint(await append(conversationId))
    expect(heard).toEqual([])
    listening.begin(2)
    await settled()
    await hint(await append(conversationId))
    expect(heard).toEqual([3, 4])
    listening.stop()
    await settled()
  })

  it('delivers a hint to all subscribers, with one subscription and no read of the log', async () => {
    const conversationId = newConversation()
    const followers = [await follow(conversationId), await follow(conversationId)]
    const before = log.reads
    await hint(await append(conversationId))
    expect(await Promise.all(followers.map((stream) => seqsOf(stream, 1)))).toEqual([[1], [1]])
    expect([channels.topics, log.reads - before]).toEqual([1, 0])
  })

  it('detects a lost hint by the next one, with one read for all subscribers', async () => {
    const conversationId = newConversation()
    const followers = [await follow(conversationId), await follow(conversationId), await follow(conversationId)]
    await appendUnheard(conversationId)
    const before = log.reads
    await hint(await append(conversationId))
    for (const stream of followers) expect(await seqsOf(stream, 2)).toEqual([1, 2])
    expect(log.reads - before).toBe(1)
  })

  it('accepts hints in any order', async () => {
    const conversationId = newConversation()
    const stream = await follow(conversationId)
    const events: TimelineEvent[] = []
    for (let index = 0; index < 5; index += 1) events.push(await append(conversationId))
    for (const event of events.reverse()) await hint(event)
    expect(await seqsOf(stream, 5)).toEqual([1, 2, 3, 4, 5])
  })

  it('tells a listener whose head was late what the others were told', async () => {
    const conversationId = newConversation()
    const heard: number[][] = [[], []]
    const listen = () => heard.map((seqs) => feeds.listen(conversationId, { push: ({ seq }) => seqs.push(seq) }))
    await appendUnheard(conversationId)
    const [first, second] = listen()
    first?.begin(0)
    await hint(await append(conversationId))
    await settled()
    expect(heard).toEqual([
      [1, 2],
      [1, 2],
    ])
    first?.stop()
    second?.begin(1)
    await settled()
    expect(heard[1]).toEqual([1, 2, 2])
    second?.stop()
  })

  it('takes several events in one hint, and finds what was before them', async () => {
    const conversationId = newConversation()
    const stream = await follow(conversationId)
    await append(conversationId)
    const events = [await append(conversationId), await append(conversationId)]
    await channels.publish(liveChannels.timeline, conversationId, events)
    expect(await seqsOf(stream, 3)).toEqual([1, 2, 3])
    await channels.publish(liveChannels.timeline, conversationId, events)
    await hint(await append(conversationId))
    expect(await seqsOf(stream, 1)).toEqual([4])
  })

  it('catches up every feed at once when messages arrive again', async () => {
    const conversationIds = Array.from({ length: 1_200 }, newConversation)
    const followers: LiveStream<TimelineFrame>[] = []
    for (const conversationId of conversationIds) followers.push(await follow(conversationId))
    channels.isMute = true
    for (const conversationId of conversationIds) await hint(await append(conversationId))
    const next = followers.map((stream) => seqsOf(stream, 1))
    channels.recover()
    expect(await Promise.all(next)).toEqual(conversationIds.map(() => [1]))
    expect(heads.asked.map((ids) => ids.length)).toEqual([500, 500, 200])
  })

  it('catches up once more when messages were lost again meanwhile', async () => {
    const conversationId = newConversation()
    await follow(conversationId)
    const first = feeds.catchUp()
    await Promise.resolve()
    await Promise.all([first, feeds.catchUp(), feeds.catchUp()])
    expect(heads.asked).toHaveLength(2)
  })

  describe('the sweep', () => {
    const asked = () => heads.asked.flat().length

    it('detects a lost hint without a later one', async () => {
      const conversationId = newConversation()
      const stream = await follow(conversationId)
      await appendUnheard(conversationId)
      const next = seqsOf(stream, 1)
      await feeds.sweep()
      expect(await next).toEqual([1])
    })

    it('checks 100 conversations a second for any number of feeds, and each in turn', async () => {
      const conversationIds = Array.from({ length: 350 }, newConversation)
      for (const conversationId of conversationIds) await follow(conversationId)
      for (let sweep = 0; sweep < 6; sweep += 1) await feeds.sweep()
      expect(heads.asked.map((ids) => ids.length)).toEqual([100, 100, 100, 50])
      expect(heads.asked.flat().sort()).toEqual([...conversationIds].sort())
    })

    it('checks each at most once in 10 s, and while Redis is mute every time', async () => {
      await follow(newConversation())
      for (let sweep = 0; sweep < 3; sweep += 1) await feeds.sweep()
      expect(asked()).toBe(1)
      channels.isMute = true
      for (let sweep = 0; sweep < 3; sweep += 1) await feeds.sweep()
      expect(asked()).toBe(4)
    })

    it('checks 500 a second while Redis is mute', async () => {
      for (let index = 0; index < 1_200; index += 1) await follow(newConversation())
      channels.isMute = true
      for (let sweep = 0; sweep < 4; sweep += 1) await feeds.sweep()
      expect(heads.asked.map((ids) => ids.length)).toEqual([500, 500, 200, 500])
    })

    it('continues after a failure', async () => {
      const conversationId = newConversation()
      const stream = await follow(conversationId)
      await appendUnheard(conversationId)
      const load = jest.spyOn(heads, 'load').mockRejectedValueOnce(new Error('The engine is away'))
      channels.isMute = true
      await feeds.sweep()
      load.mockRestore()
      const next = seqsOf(stream, 1)
      await feeds.sweep()
      expect(await next).toEqual([1])
      await settled()
    })
  })
})
