import type { UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve, type Message } from '../domain/message'
import { deletionOf, entry } from '../testing/entries'
import { mentionedPeople } from '../testing/mentioned-people'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { Admission } from './admission'
import { ChangeMessage } from './change-message'
import { CurrentMessages } from './current-messages'
import { EditMessage, EditMessageHandler } from './edit-message'
import { ListVersions, ListVersionsHandler, type VersionPage } from './list-versions'
import type { ListRange } from './page-range'

const [ann, ben, otto] = [newUser(), newUser(), newUser()]

describe('the versions of a message', () => {
  const [log, projection] = [new MemoryTimelineLog(), new MemoryProjection()]
  const messages = new CurrentMessages(projection, log, projection)
  const isMember = (_conversation: string, userId: string) => Promise.resolve([ann, ben].includes(userId as UserId))
  const admission = new Admission({ isMember } as MembershipReplica)
  const editor = new EditMessageHandler(new ChangeMessage(admission, log, messages), messages, mentionedPeople())
  const lister = new ListVersionsHandler(admission, log)
  const conversationId = newConversation()
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 29, 12, minute))

  const written = async (...texts: readonly [string, ...string[]]): Promise<Message> => {
    const sent = await log.append(entry({ conversationId, actorId: ann, text: texts[0], at: at(0) }))
    const message = evolve(null, sent)
    if (message === null) throw new Error('Nothing was sent')
    for (const [index, text] of texts.slice(1).entries())
      await editor.execute(
        new EditMessage({ messageId: message.id, editorId: ann, clientId: newClientId(), text, at: at(index + 1) }),
      )
    return now(message)
  }
  const now = async ({ id }: Message) => (await messages.byId([id]))[0] as Message
  const list = (message: Message, range: ListRange = {}, viewer = ben) =>
    lister.execute(new ListVersions(message, viewer, range))
  const brief = (page: VersionPage | null) =>
    page && [page.versions.map(({ text }) => text).join(' '), page.hasEarlier, page.hasLater]

  it('are all texts that it had, the one that was sent and the present one included, with their times', async () => {
    const message = await written('one', 'two', 'three')
    expect(await list(message)).toEqual({
      versions: [
        { number: 1, text: 'one', at: at(0) },
        { number: 2, text: 'two', at: at(1) },
        { number: 3, text: 'three', at: at(2) },
      ],
      hasEarlier: false,
      hasLater: false,
    })
    expect(await list(await written('Never edited'))).toMatchObject({ versions: [{ number: 1, text: 'Never edited' }] })
  })

  it('are read by bounded pages, each in one round trip to the log, however often it was edited', async () => {
    const message = await written('v1', ...Array.from({ length: 129 }, (_, index) => `v${index + 2}`))
    expect(message.editCount).toBe(129)
    expect((await list(message))?.versions).toHaveLength(50)
    const asked = [jest.spyOn(log, 'sent'), jest.spyOn(log, 'edits')]
    expect(brief(await list(message, { last: 2 }))).toEqual(['v129 v130', true, false])
    expect(brief(await list(message, { before: 4, last: 3 }))).toEqual(['v1 v2 v3', false, true])
    expect(brief(await list(message, { before: 4, last: 2 }))).toEqual(['v2 v3', true, true])
    expect(brief(await list(message, { after: 0, first: 1 }))).toEqual(['v1', false, true])
    expect(brief(await list(message, { after: 128 }))).toEqual(['v129 v130', true, false])
    expect(brief(await list(message, { around: 65, last: 3 }))).toEqual(['v64 v65 v66', true, true])
    expect(brief(await list(message, { after: 130 }))).toEqual(['', true, false])
    expect(asked.map(({ mock }) => mock.calls.length)).toEqual([2, 7])
    for (const range of [
      { last: 0 },
      { last: 101 },
      { before: 0 },
      { after: -1 },
      { before: 2, after: 1 },
      { first: 3 },
    ])
      await expect(list(message, range)).rejects.toMatchObject({ category: 'input', code: 'INVALID_INPUT' })
  })

  it('are gone with the message, also for one who read the message before', async () => {
    const before = await written('A secret', 'Another secret')
    const deletion = await log.append(deletionOf(before))
    await log.erase([deletion])
    for (const message of [before, await now(before)])
      expect(await list(message)).toEqual({ versions: [], hasEarlier: false, hasLater: false })
  })

  it('are gone with the deletion, also while the log has their texts still', async () => {
    const message = await written('one', 'two')
    expect(await list({ ...message, deletedAt: at(9) })).toEqual({ versions: [], hasEarlier: false, hasLater: false })
  })

  it('I7: are for members alone', async () => {
    const message = await written('one', 'two')
    expect(await list(message, {}, otto)).toBeNull()
  })
})
