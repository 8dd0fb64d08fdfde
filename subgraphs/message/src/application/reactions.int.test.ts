import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve, type Message } from '../domain/message'
import { rebuildProjections } from '../infrastructure/rebuild'
import { entry } from '../testing/entries'
import { logParts } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'
import { Admission } from './admission'
import { ChangeMessage } from './change-message'
import { CurrentMessages } from './current-messages'
import { SetReaction, SetReactionHandler } from './set-reaction'

const everybody = { isMember: () => Promise.resolve(true) } as unknown as MembershipReplica
const emoji = ['👍', '❤️', '🎉']

describe('reactions of many people at once, in several processes', () => {
  let mongo: Awaited<ReturnType<typeof testMongo>>
  let processes: (ReturnType<typeof logParts> & { handler: SetReactionHandler; current: CurrentMessages })[]

  beforeAll(async () => {
    mongo = await testMongo()
    processes = [1, 2, 3].map(() => {
      const parts = logParts(mongo.connection)
      const current = new CurrentMessages(parts.projectedMessages, parts.log, parts.conversationHeads)
      const change = new ChangeMessage(new Admission(everybody), parts.log, current)
      return { ...parts, current, handler: new SetReactionHandler(change, current) }
    })
  })
  afterAll(async () => {
    await Promise.all(processes.map(({ publication }) => publication.onModuleDestroy()))
    await mongo.drop()
  })

  it('I1, I9: are all there, each once, in the log, in every process and in a rebuilt projection', async () => {
    const conversationId = newConversation()
    const [first] = processes
    const message = evolve(null, await first!.log.append(entry({ conversationId }))) as Message
    const people = Array.from({ length: 60 }, () => newUser())
    const set = (index: number, isAdded: boolean, one: string) => {
      const [userId, clientId, at] = [people[index]!, newClientId(), new Date()]
      const input = { conversationId, messageId: message.id, userId, clientId, emoji: one, isAdded, at }
      return processes[index % processes.length]!.handler.execute(new SetReaction(input))
    }
    await Promise.all(people.map((_, index) => set(index, true, emoji[index % 3]!)))
    // A third of them changes their mind, while others send.
    await Promise.all(
      people.flatMap((_, index) => [
        ...(index % 3 === 0 ? [set(index, false, emoji[0]!)] : []),
        ...(index % 10 === 0 ? [first!.log.append(entry({ conversationId }))] : []),
      ]),
    )
    const expected = [1, 2].map((at) => ({ emoji: emoji[at], userIds: people.filter((_, index) => index % 3 === at) }))
    const sorted = ({ reactions }: Pick<Message, 'reactions'>) =>
      reactions
        .map(({ emoji: one, userIds }) => ({ emoji: one, userIds: userIds.toSorted() }))
        .toSorted((one, other) => one.emoji.localeCompare(other.emoji))
    const wanted = sorted({ reactions: expected } as unknown as Message)
    for (const { current } of processes) {
      const [found] = await current.byId([message.id])
      expect(sorted(found!)).toEqual(wanted)
    }
    const { seq, lines } = await first!.log.head(conversationId)
    expect({ seq, lines }).toEqual({ seq: 1 + 60 + 20 + 6, lines: 1 + 6 })
    await rebuildProjections(mongo.connection)
    const [rebuilt] = await first!.projectedMessages.byId([message.id])
    expect(sorted(rebuilt!)).toEqual(wanted)
  }, 60_000)
})
