import type { ConversationId } from '@parley/kernel/ids'
import { entry, newConversation } from '../testing/entries'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { ConversationHeads, type ConversationHead } from './conversation-heads'
import type { Follower } from './follower'
import { LiveHints } from './live-hints'
import { TimelineFeeds } from './timeline-feeds'

class MuteHints extends LiveHints {
  publish(): Promise<void> {
    return Promise.resolve()
  }
  subscribe(): Promise<() => void> {
    return Promise.resolve(() => undefined)
  }
}

/** The heads of a log, with what was asked of them. */
class CountedHeads extends ConversationHeads {
  readonly asked: (readonly ConversationId[])[] = []

  constructor(private readonly log: MemoryTimelineLog) {
    super()
  }

  async load(ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>> {
    this.asked.push(ids)
    const heads = await Promise.all(ids.map(async (id) => ({ headSeq: await this.log.head(id), lastMessageId: null })))
    return new Map(ids.flatMap((id, index) => (heads[index] === undefined ? [] : [[id, heads[index]]])))
  }
}

describe('TimelineFeeds without hints', () => {
  const log = new MemoryTimelineLog()
  const heads = new CountedHeads(log)
  const feeds = new TimelineFeeds(log, new MuteHints(), heads)
  const conversationIds = Array.from({ length: 1_200 }, newConversation)
  const followers: Follower[] = []

  beforeAll(async () => {
    for (const conversationId of conversationIds) {
      const request = {
        after: 0,
        headSeq: 0,
        heartbeatMs: 60_000,
        isLast: () => false,
        pace: <Page>(read: () => Promise<Page>) => read(),
      }
      followers.push(await feeds.follow(conversationId, { ...request, assertAllowed: () => Promise.resolve() }))
    }
  })
  afterAll(() => feeds.onModuleDestroy())

  it('looks at a bounded number of conversations in a sweep, and at each of them in turn', async () => {
    for (let sweep = 0; sweep < 3; sweep += 1) await feeds.sweep()
    expect(Math.max(...heads.asked.map((ids) => ids.length))).toBe(500)
    expect(heads.asked.flat().sort()).toEqual([...conversationIds].sort())
  })

  it('brings what no hint has told to the follower of whichever conversation', async () => {
    const last = followers.at(-1)
    const conversationId = conversationIds.at(-1)
    if (last === undefined || conversationId === undefined) throw new Error('Nobody follows')
    await last.next()
    const next = last.next()
    await log.append(entry({ conversationId, text: 'unheard' }))
    for (let sweep = 0; sweep < 3; sweep += 1) await feeds.sweep()
    expect(await next).toMatchObject({ value: { events: [{ seq: 1, data: { text: 'unheard' } }] } })
  })
})
