import { newConversation, newUser } from '@parley/platform/testing/ids'
import { unread, unreadLines } from '../domain/read-state'
import { entry } from '../testing/entries'
import { inboxContract } from '../testing/inbox.contract'
import { logParts } from '../testing/log-parts'
import { testMongo, type TestMongo } from '../testing/test-mongo'

describe('the inbox in MongoDB', () => {
  let mongo: TestMongo
  let processes: readonly ReturnType<typeof logParts>[]
  const one = () => processes[0] as ReturnType<typeof logParts>

  beforeAll(async () => {
    mongo = await testMongo()
    processes = [logParts(mongo.connection), logParts(mongo.connection)]
  }, 60_000)
  afterAll(async () => {
    for (const { publication } of processes) await publication.onModuleDestroy()
    await mongo.drop()
  })

  inboxContract(() => processes.map(({ inbox }) => inbox))

  it('I6: counts own lines again that the row had forgotten, also those that are written meanwhile', async () => {
    const [id, me, other] = [newConversation(), newUser(), newUser()]
    const { log, inbox } = one()
    const write = async (count: number) => {
      for (let line = 1; line <= count; line += 1)
        await log.append(entry({ conversationId: id, actorId: line % 3 === 0 ? me : other }))
    }
    await write(12)
    await inbox.markRead(me, id, 12, 0)
    const own = await log.neverUnreadLines(id, me, 4, 12)
    expect(own).toEqual([6, 9, 12])
    await Promise.all([inbox.markUnread(me, id, { revision: 0, line: 4, lines: 12, ownLines: own }), write(6)])
    const state = (await inbox.readStates(me, [id])).get(id) ?? unread
    expect(unreadLines(state, 18)).toBe(15 - 5)
  })

  it('keeps who hides their receipts', async () => {
    const { receiptPrivacy } = one()
    const [ann, ben] = [newUser(), newUser()]
    await receiptPrivacy.setHidden(ann, true)
    expect(await receiptPrivacy.hidden([ann, ben])).toEqual(new Set([ann]))
    await receiptPrivacy.setHidden(ann, false)
    expect(await receiptPrivacy.hidden([ann, ben])).toEqual(new Set())
  })
})
