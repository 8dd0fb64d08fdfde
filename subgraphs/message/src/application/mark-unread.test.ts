import { limits } from '@parley/kernel/limits'
import type { UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { unread, unreadLines } from '../domain/read-state'
import { entry } from '../testing/entries'
import { MemoryInbox } from '../testing/memory-inbox'
import { MemoryReceiptPrivacy } from '../testing/memory-receipt-privacy'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { Admission } from './admission'
import { liveChannels } from './channels'
import { MarkRead, MarkReadHandler } from './mark-read'
import { MarkUnread, MarkUnreadHandler } from './mark-unread'

describe('marking as unread', () => {
  const [me, other, outsider] = [newUser(), newUser(), newUser()]
  const isMember = (_conversation: string, userId: string) => Promise.resolve(userId !== outsider)
  const admission = new Admission({ isMember } as MembershipReplica)
  const log = new MemoryTimelineLog()
  const inbox = new MemoryInbox()
  const channels = new MemoryChannels()
  const marking = new MarkUnreadHandler(admission, log, inbox, channels)
  const reading = new MarkReadHandler(admission, log, inbox, new MemoryReceiptPrivacy(), channels)
  let id = newConversation()

  const append = async (authors: readonly UserId[]) => {
    for (const actorId of authors) await log.append(entry({ conversationId: id, actorId }))
  }
  const state = async () => (await inbox.readStates(me, [id])).get(id) ?? unread
  const count = async () => unreadLines(await state(), (await log.head(id)).lines)
  const read = (line: number, revision?: number, by = me) => reading.execute(new MarkRead(id, by, line, revision))
  const unreadFrom = (line: number, revision: number, by = me) =>
    marking.execute(new MarkUnread(id, by, line, revision))

  beforeEach(async () => {
    id = newConversation()
    await append([other, me, other, me, other])
    await read(5, 0)
  })

  it('counts what others wrote from there, and own lines never', async () => {
    await unreadFrom(2, 0)
    expect(await state()).toMatchObject({ revision: 1, readLine: 2 })
    expect(await count()).toBe(2)
    await append([me, other])
    expect(await count()).toBe(4 - 1 + 1)
  })

  it('I6: never counts the start of the conversation, as before the mark', async () => {
    id = newConversation()
    const { lines } = await log.append({
      ...entry({ conversationId: id, actorId: other }),
      type: 'ConversationStarted',
      data: { title: null },
    })
    await inbox.skipLine([me], id, lines)
    await append([other])
    expect(await count()).toBe(1)
    await read(2, 0)
    await unreadFrom(1, 0)
    expect(await count()).toBe(1)
  })

  it('is told to the other devices', async () => {
    const told: unknown[] = []
    const stop = await channels.subscribe(liveChannels.inbox, me, (hint) => told.push(hint))
    await unreadFrom(1, 0)
    stop()
    expect(told).toEqual([id])
  })

  it('is not undone by what a device had read before, however late that arrives, nor done again by a retry', async () => {
    await unreadFrom(3, 0)
    await read(5, 0)
    await read(5)
    expect(await count()).toBe(2)
    await read(5, 1)
    expect(await count()).toBe(0)
    await unreadFrom(3, 0)
    expect(await count()).toBe(0)
    await unreadFrom(5, 1)
    expect(await count()).toBe(1)
  })

  it('shows to others what was seen, also when it is unread again', async () => {
    await unreadFrom(1, 0)
    expect((await inbox.receipts(id, [me])).get(me)).toEqual({ readLine: 5, sinceLine: 0 })
  })

  it('I7, I10: refuses outsiders, and lines and revisions that there are not', async () => {
    await expect(unreadFrom(1, 0, outsider)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const refused = async (work: Promise<void>, field: string, code: string) => {
      await expect(work).rejects.toMatchObject({ faults: [{ field, code }] })
    }
    for (const line of [-1, 0, 1.5, NaN]) await refused(unreadFrom(line, 0), 'line', 'INVALID_INPUT')
    await refused(unreadFrom(6, 0), 'line', 'CURSOR_AHEAD')
    await refused(unreadFrom(1, 1), 'revision', 'CURSOR_AHEAD')
    await refused(unreadFrom(1, -1), 'revision', 'INVALID_INPUT')
    await refused(read(5, 1), 'revision', 'CURSOR_AHEAD')
    await refused(read(6, 0), 'line', 'CURSOR_AHEAD')
    expect(await count()).toBe(0)
  })

  it('goes back a bounded number of lines', async () => {
    await append(Array.from({ length: limits.unreadLines }, () => other))
    await expect(unreadFrom(5, 0)).rejects.toMatchObject({ faults: [{ field: 'line', code: 'TOO_FAR_BACK' }] })
    await unreadFrom(6, 0)
    expect(await count()).toBe(limits.unreadLines)
  })
})
