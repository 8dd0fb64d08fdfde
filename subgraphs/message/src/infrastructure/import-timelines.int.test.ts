import { randomUUID } from 'node:crypto'
import type { PlannedConversation } from '@parley/contracts/demo-plan'
import type { ConversationId, MessageId } from '@parley/kernel/ids'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { CurrentMessages } from '../application/current-messages'
import { logParts } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'
import { importTimelines } from './import-timelines'
import { rebuildProjections } from './rebuild'

const at = new Date().toISOString()
const [ann, ben] = [newUser(), newUser()]
const said = (authorId: string, text: string) => ({ id: randomUUID(), clientId: randomUUID(), authorId, at, text })
const question = said(ann, 'When?')
const planned: PlannedConversation = {
  id: newConversation(),
  kind: 'direct',
  title: null,
  clientId: randomUUID(),
  startedEventId: randomUUID(),
  startedAt: at,
  memberIds: [ann, ben],
  messages: [question, said(ann, 'Hello?'), { ...said(ben, 'At nine'), replyToId: question.id }],
  readLines: {},
}

async function* plan(): AsyncGenerator<PlannedConversation> {
  yield planned
}

describe('imported timelines', () => {
  let mongo: Awaited<ReturnType<typeof testMongo>>
  beforeAll(async () => {
    mongo = await testMongo()
  }, 30_000)
  afterAll(() => mongo.drop())

  it('I9: have the quotes of their plan, as imported and after a rebuild', async () => {
    await importTimelines(mongo.connection, plan())
    const { log, conversationHeads, projectedMessages, messages: rows } = logParts(mongo.connection)
    const messages = new CurrentMessages(projectedMessages, log, conversationHeads)
    const lastLine = async () => {
      const page = await messages.lines(planned.id as ConversationId, (lines) => ({ from: lines, to: lines }))
      return page.events[0]
    }
    const quoted = { id: question.id as MessageId, text: 'When?' }
    expect(await lastLine()).toMatchObject({ message: { text: 'At nine', replyToId: question.id }, quoted })
    const imported = await rows.find().sort({ seq: 1 }).lean()
    await rebuildProjections(mongo.connection)
    expect(await rows.find().sort({ seq: 1 }).lean()).toEqual(imported)
    expect(await lastLine()).toMatchObject({ quoted })
  })
})
