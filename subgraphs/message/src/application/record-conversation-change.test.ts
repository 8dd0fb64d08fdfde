import { newConversation, newUser } from '@parley/platform/testing/ids'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import type { TimelineEntry } from '../domain/timeline-event'
import { unreadLines } from '../domain/read-state'
import { entry } from '../testing/entries'
import { MemoryInbox } from '../testing/memory-inbox'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { type InboxHint, liveChannels } from './channels'
import { RecordConversationChange, RecordConversationChangeHandler } from './record-conversation-change'

const [ann, ben] = [newUser(), newUser()]

describe('a change of a conversation', () => {
  const log = new MemoryTimelineLog()
  const inbox = new MemoryInbox()
  const channels = new MemoryChannels()
  const handler = new RecordConversationChangeHandler(log, inbox, channels)

  const fact = (conversationId = newConversation(), parts: Partial<TimelineEntry>) =>
    ({ ...entry({ conversationId, actorId: ann }), ...parts }) as TimelineEntry
  const started = { type: 'ConversationStarted', data: { title: null } } as const
  const unreadOf = async (conversationId: TimelineEntry['conversationId']) => {
    const state = (await inbox.readStates(ben, [conversationId])).get(conversationId)
    const { lines } = await log.head(conversationId)
    return state === undefined ? lines : unreadLines(state, lines)
  }

  it('has no unread lines after its start alone', async () => {
    const id = newConversation()
    await handler.execute(new RecordConversationChange(fact(id, started), [ann, ben]))
    expect(await unreadOf(id)).toBe(0)
  })

  it('does not mark as read a first message that arrived before the start', async () => {
    const id = newConversation()
    await log.append(entry({ conversationId: id, actorId: ann }))
    await handler.execute(new RecordConversationChange(fact(id, started), [ann, ben]))
    expect(await unreadOf(id)).toBe(1)
  })

  it('marks earlier lines as read for those who join, and notifies their inbox', async () => {
    const id = newConversation()
    for (let count = 0; count < 3; count += 1) await log.append(entry({ conversationId: id, actorId: ann }))
    const heard: InboxHint[] = []
    const stop = await channels.subscribe(liveChannels.inbox, ben, (conversation) => heard.push(conversation))
    const joined = fact(id, { type: 'MemberJoined', data: { memberId: ben } })
    await handler.execute(new RecordConversationChange(joined, [ben]))
    await handler.execute(new RecordConversationChange(joined, [ben]))
    stop()
    expect(await unreadOf(id)).toBe(0)
    expect(heard).toEqual([id, id])
    expect((await log.head(id)).lines).toBe(4)
  })
})
