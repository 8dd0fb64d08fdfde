import { Logger } from '@nestjs/common'
import type { ConversationId } from '@parley/kernel/ids'
import { eventually } from '@parley/platform/kafka/testing/test-kafka'
import type { TestMongo } from '@parley/platform/mongo/testing/test-mongo'
import { type TestChannels, testChannels } from '@parley/platform/redis/testing/test-channels'
import { newConversation } from '@parley/platform/testing/ids'
import { entry } from '../testing/entries'
import { logParts } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'
import { TimelineFeeds } from './timeline-feeds'

/** Catches up after a gap, and never by the sweep. */
class UnsweptFeeds extends TimelineFeeds {
  override sweep(): Promise<void> {
    return Promise.resolve()
  }
}

type Parts = ReturnType<typeof logParts>

describe('TimelineFeeds with Redis and MongoDB', () => {
  let mongo: TestMongo
  let writing: TestChannels
  let reading: TestChannels
  /** A process whose hints arrive, one whose hints are lost, and one that follows. */
  let heard: Parts
  let unheard: Parts
  let reader: Parts

  beforeAll(async () => {
    Logger.overrideLogger(false)
    mongo = await testMongo()
    writing = testChannels()
    reading = testChannels()
    heard = logParts(mongo.connection, { channels: writing.channels })
    unheard = logParts(mongo.connection)
    reader = logParts(mongo.connection)
  }, 30_000)
  afterAll(async () => {
    for (const process of [writing, reading]) process.stop()
    await mongo.drop()
  })

  async function append({ log, publication }: Parts, conversationId: ConversationId): Promise<void> {
    await log.append(entry({ conversationId }))
    // Hints and projections are out when this resolves.
    await publication.onModuleDestroy()
  }
  function open(kind: typeof TimelineFeeds = TimelineFeeds) {
    const reads = jest.spyOn(reader.log, 'readAfter').mockClear()
    return { feeds: new kind(reader.log, reading.channels, reader.conversationHeads), reads }
  }
  /** Listens from the beginning. */
  async function listen(feeds: TimelineFeeds, conversationId: ConversationId) {
    const seqs: number[] = []
    const { ready, begin, stop } = feeds.listen(conversationId, { push: ({ seq }) => seqs.push(seq) })
    await ready
    begin(0)
    const hears = async (...expected: number[]) => {
      await eventually(() => seqs.length >= expected.length)
      expect(seqs).toEqual(expected)
    }
    return { seqs, hears, stop }
  }

  it('hand on what another process wrote, without reading the log', async () => {
    const { feeds, reads } = open()
    const conversationId = newConversation()
    const listeners = [await listen(feeds, conversationId), await listen(feeds, conversationId)]
    const seqs: number[] = []
    // One after the other: the cluster keeps no order between messages, and a hint that overtakes another costs a read.
    for (const seq of [1, 2, 3]) {
      seqs.push(seq)
      await append(heard, conversationId)
      for (const listener of listeners) await listener.hears(...seqs)
    }
    expect(reads).not.toHaveBeenCalled()
    for (const listener of listeners) listener.stop()
  })

  it('find a lost hint by the next one, with one read for all who follow', async () => {
    const { feeds, reads } = open()
    const conversationId = newConversation()
    const listeners = [await listen(feeds, conversationId), await listen(feeds, conversationId)]
    await append(unheard, conversationId)
    await append(unheard, conversationId)
    await append(heard, conversationId)
    for (const listener of listeners) await listener.hears(1, 2, 3)
    expect(reads).toHaveBeenCalledTimes(1)
    for (const listener of listeners) listener.stop()
  })

  it('find a hint that was lost alone by the sweep', async () => {
    const { feeds } = open()
    const conversationId = newConversation()
    const listener = await listen(feeds, conversationId)
    await append(unheard, conversationId)
    expect(listener.seqs).toEqual([])
    await feeds.sweep()
    await listener.hears(1)
    listener.stop()
  })

  it('catch up with every conversation at once when hints may have been lost', async () => {
    const { feeds } = open(UnsweptFeeds)
    feeds.onApplicationBootstrap()
    const conversationIds = [newConversation(), newConversation()]
    const listeners = await Promise.all(conversationIds.map((id) => listen(feeds, id)))
    for (const id of conversationIds) await append(unheard, id)
    expect(listeners.map(({ seqs }) => seqs)).toEqual([[], []])
    reading.channels.reconnected()
    for (const listener of listeners) await listener.hears(1)
    feeds.onModuleDestroy()
    for (const listener of listeners) listener.stop()
  })

  it('catch up with what was written while the connection to Redis was replaced, without another hint', async () => {
    const { feeds } = open(UnsweptFeeds)
    feeds.onApplicationBootstrap()
    const conversationId = newConversation()
    const listener = await listen(feeds, conversationId)
    await append(heard, conversationId)
    await listener.hears(1)
    reading.breakConnection()
    await append(unheard, conversationId)
    await listener.hears(1, 2)
    await append(heard, conversationId)
    await listener.hears(1, 2, 3)
    feeds.onModuleDestroy()
    listener.stop()
  }, 20_000)

  it('hear nothing more once nobody follows', async () => {
    const { feeds } = open()
    const conversationId = newConversation()
    const [gone, present] = [await listen(feeds, conversationId), await listen(feeds, conversationId)]
    gone.stop()
    await append(heard, conversationId)
    await present.hears(1)
    expect(gone.seqs).toEqual([])
    present.stop()
  })
})
