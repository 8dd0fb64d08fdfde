import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { type LiveStream, LiveStreams } from '@parley/platform/live/live-stream'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import type { TimelineEntry } from '../domain/timeline-event'
import { entry } from '../testing/entries'
import { MemoryInbox } from '../testing/memory-inbox'
import { MemoryReceiptPrivacy } from '../testing/memory-receipt-privacy'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { Admission } from './admission'
import { liveChannels } from './channels'
import type { ConversationHeads } from './conversation-heads'
import { ConversationSigns } from './conversation-signs'
import { FollowReadPositions, type ReadPositionsFrame } from './follow-read-positions'
import { MarkRead, MarkReadHandler } from './mark-read'
import { ReadPositions } from './read-positions'
import { SetReceiptPrivacy, SetReceiptPrivacyHandler } from './set-receipt-privacy'
import { TimelineFeeds } from './timeline-feeds'

describe('who has read how far in a conversation', () => {
  const [me, ann, ben] = [newUser(), newUser(), newUser()]
  let members = [me, ann, ben]
  let conversationId: ConversationId
  const replica = {
    // A cache of before somebody left.
    isMember: () => Promise.resolve(true),
    isMemberNow: (_id: string, userId: string) => Promise.resolve(members.includes(userId as UserId)),
    current: (id: string) =>
      Promise.resolve({
        conversationId: id,
        version: 1,
        members: members.map((userId) => ({ userId, role: 'member' })),
      }),
    conversationsOf: () => Promise.resolve([conversationId]),
  } as unknown as MembershipReplica
  const admission = new Admission(replica)
  const log = new MemoryTimelineLog()
  const channels = new MemoryChannels()
  const privacy = new MemoryReceiptPrivacy()
  const inbox = new MemoryInbox()
  const feeds = new TimelineFeeds(log, channels, {} as ConversationHeads)
  const positions = new ReadPositions(replica, privacy, inbox)
  const signs = new ConversationSigns(admission, log, feeds, channels, new LiveStreams())
  const follow = new FollowReadPositions(signs, positions)
  const reading = new MarkReadHandler(admission, log, inbox, privacy, channels)
  const settings = new SetReceiptPrivacyHandler(privacy, replica, channels)
  let stream: LiveStream<ReadPositionsFrame>

  const open = (userId: UserId) => follow.open({ conversationId, userId, expiresAt: Date.now() / 1_000 + 3_600 })
  const read = (userId: UserId, line: number) => reading.execute(new MarkRead(conversationId, userId, line, 0))
  const hide = (userId: UserId, isHidden: boolean) => settings.execute(new SetReceiptPrivacy(userId, isHidden))
  const append = async (made: TimelineEntry) =>
    channels.publish(liveChannels.timeline, conversationId, await log.append(made))
  const linesIn = (frame: ReadPositionsFrame | undefined) =>
    frame === undefined ? undefined : [...frame.positions].map(([userId, { readLine }]) => [userId, readLine])
  /** The next frame, which comes within so long by the clock of the test. */
  const next = async (on = stream, ms = 600) => {
    const step = on.next()
    await jest.advanceTimersByTimeAsync(ms)
    return (await step).value
  }

  beforeEach(async () => {
    jest.useFakeTimers()
    conversationId = newConversation()
    members = [me, ann, ben]
    for (const userId of members) await privacy.setHidden(userId, false)
    for (let line = 1; line <= 9; line += 1) await append(entry({ conversationId, actorId: me }))
    await read(ann, 3)
    stream = await open(me)
    const first = await next()
    expect([first?.isWhole, linesIn(first)]).toEqual([true, [[ann, 3]]])
  })
  afterEach(async () => {
    await stream.return()
    expect(channels.topics).toBe(0)
    expect(jest.getTimerCount()).toBe(0)
    jest.useRealTimers()
  })

  it('says who has moved, changes close together in one frame, and nothing of the viewer', async () => {
    await read(me, 9)
    await read(ann, 5)
    await read(ann, 4)
    await read(ben, 7)
    await read(ann, 6)
    expect(linesIn(await next())).toEqual([
      [ann, 6],
      [ben, 7],
    ])
    await read(ann, 7)
    expect((await next())?.isWhole).toBe(false)
  })

  it('finds what a lost sign would have told at the next heartbeat', async () => {
    await inbox.markRead(ann, conversationId, 8, 0)
    expect(linesIn(await next(stream, 20_000))).toEqual([[ann, 8]])
  })

  it('forgets at once who hides theirs, and shows them again', async () => {
    await hide(ann, true)
    expect(await next()).toMatchObject({ gone: [ann] })
    await read(ann, 9)
    // Sent before it was hidden, and late.
    await channels.publish(liveChannels.reading, conversationId, { userId: ann, readLine: 8 })
    expect(linesIn(await next(stream, 20_000))).toEqual([])
    await hide(ann, false)
    expect(linesIn(await next())).toEqual([[ann, 9]])
  })

  it('shows nothing to those who hide their own', async () => {
    await hide(me, true)
    expect(await next()).toMatchObject({ gone: [ann] })
    await read(ben, 9)
    expect(linesIn(await next(stream, 20_000))).toEqual([])
    expect(await positions.of(conversationId, me)).toBeNull()
    await hide(me, false)
    expect(linesIn(await next())).toEqual([
      [ann, 3],
      [ben, 9],
    ])
  })

  it('I7: forgets who left, and ends when the viewer does', async () => {
    members = [me, ben]
    await append({ ...entry({ conversationId }), type: 'MemberLeft', data: { memberId: ann } })
    expect(await next()).toMatchObject({ gone: [ann] })
    await channels.publish(liveChannels.reading, conversationId, { userId: ann, readLine: 9 })
    expect(linesIn(await next(stream, 20_000))).toEqual([])
    members = [ben]
    await append({ ...entry({ conversationId }), type: 'MemberLeft', data: { memberId: me } })
    expect(linesIn(await next())).toEqual([])
    expect(await next()).toBeUndefined()
    await expect(open(me)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await positions.of(conversationId, me)).toBeNull()
  })
})
