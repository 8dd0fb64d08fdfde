import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { type LiveStream, LiveStreams } from '@parley/platform/live/live-stream'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import type { TimelineEntry } from '../domain/timeline-event'
import { entry } from '../testing/entries'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { Admission } from './admission'
import { liveChannels } from './channels'
import type { ConversationHeads } from './conversation-heads'
import { ConversationSigns } from './conversation-signs'
import { FollowTyping, maxTyping, type TypingFrame } from './follow-typing'
import { TimelineFeeds } from './timeline-feeds'

describe('who types in a conversation', () => {
  const [me, ann, ben] = [newUser(), newUser(), newUser()]
  const outsiders = new Set<UserId>()
  /** The cache, which may be of before somebody left, must not be asked: a stream lasts. */
  const isMember = () => Promise.resolve(true)
  const isMemberNow = (_conversation: string, userId: string) => Promise.resolve(!outsiders.has(userId as UserId))
  const admission = new Admission({ isMember, isMemberNow } as unknown as MembershipReplica)
  const log = new MemoryTimelineLog()
  const channels = new MemoryChannels()
  const feeds = new TimelineFeeds(log, channels, {} as ConversationHeads)
  const typing = new FollowTyping(new ConversationSigns(admission, log, feeds, channels, new LiveStreams()))
  let conversationId: ConversationId
  let stream: LiveStream<TypingFrame>

  const open = (userId: UserId) => typing.open({ conversationId, userId, expiresAt: Date.now() / 1_000 + 3_600 })
  const sign = (userId: UserId, isTyping: boolean) =>
    channels.publish(liveChannels.typing, conversationId, { userId, isTyping })
  const append = async (made: TimelineEntry) =>
    channels.publish(liveChannels.timeline, conversationId, await log.append(made))
  /** The next frame, which comes within so long by the clock of the test. */
  const next = async (on = stream, ms = 400) => {
    const step = on.next()
    await jest.advanceTimersByTimeAsync(ms)
    const { value } = await step
    return value?.userIds
  }

  beforeEach(async () => {
    jest.useFakeTimers()
    conversationId = newConversation()
    outsiders.clear()
    stream = await open(me)
    expect(await next()).toEqual([])
  })
  afterEach(async () => {
    await stream.return()
    expect(channels.topics).toBe(0)
    expect(jest.getTimerCount()).toBe(0)
    jest.useRealTimers()
  })

  it('says who began and who stopped, changes close together in one frame', async () => {
    await sign(ann, true)
    await sign(ben, true)
    expect(await next()).toEqual([ann, ben])
    await sign(ann, false)
    expect(await next()).toEqual([ben])
  })

  it('forgets who gives no sign for 6 s, and not who goes on', async () => {
    await sign(ann, true)
    await sign(ben, true)
    const frames: (readonly UserId[] | undefined)[] = []
    const read = async () => {
      for await (const { userIds } of stream) frames.push(userIds)
    }
    void read()
    for (let second = 0; second < 9; second += 1) {
      await jest.advanceTimersByTimeAsync(1_000)
      await sign(ben, true)
    }
    expect(frames).toEqual([[ann, ben], [ben]])
  })

  it('takes a message as the end of typing', async () => {
    await sign(ann, true)
    expect(await next()).toEqual([ann])
    await append(entry({ conversationId, actorId: ann }))
    expect(await next()).toEqual([])
  })

  it('names a bounded number', async () => {
    for (let count = 0; count < 2 * maxTyping; count += 1) await sign(newUser(), true)
    expect(await next()).toHaveLength(maxTyping)
  })

  it('ends when the viewer leaves, and when a hint of that was lost', async () => {
    const others = await open(ann)
    await sign(ben, true)
    await append({ ...entry({ conversationId, actorId: me }), type: 'MemberLeft', data: { memberId: me } })
    expect(await next()).toEqual([])
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(await next(others)).toEqual([ben])
    outsiders.add(ann)
    await jest.advanceTimersByTimeAsync(10_000)
    await expect(others.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is nothing for outsiders', async () => {
    outsiders.add(ben)
    await expect(open(ben)).rejects.toThrow('not a member')
  })
})
