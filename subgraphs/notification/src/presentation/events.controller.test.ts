import { randomUUID } from 'node:crypto'
import { type EventOf, integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import fc from 'fast-check'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { ForgetLeaver, ForgetLeaverHandler } from '../application/forget-leaver'
import { NotifyAdded, NotifyAddedHandler } from '../application/notify-added'
import { MemoryNotifications } from '../testing/memory-notifications'
import { commandFor, type takes } from './events.controller'

type Taken = EventOf<(typeof takes)[number]>

const people = Array.from({ length: 4 }, newUser)
const person = fc.nat({ max: people.length - 1 })

/** A conversation with random joinings and leavings, and after each event some redelivered earlier events. */
const plays = fc.array(fc.record({ by: person, who: person, again: fc.array(fc.nat(), { maxLength: 4 }) }), {
  minLength: 1,
  maxLength: 25,
})

class Conversation {
  readonly events: Taken[] = []
  readonly #id = newConversation()
  /** The person who added each member. */
  readonly #members = new Map<UserId, UserId>()

  start(by: UserId, others: readonly UserId[]): void {
    for (const userId of [by, ...others]) this.#members.set(userId, by)
    const members = [...this.#members.keys()].map((userId) => ({ userId, role: 'member' as const }))
    const data = { ...this.#place(by), kind: 'group' as const, title: 'Test', members }
    this.events.push(integrationEvent('ConversationStarted', data, this.#origin()))
  }

  /** A member leaves; a non-member is added. */
  comeOrGo(by: UserId, memberId: UserId): void {
    if (this.#members.delete(memberId)) {
      const data = { ...this.#place(memberId), memberId, heirId: null }
      this.events.push(integrationEvent('MemberLeft', data, this.#origin()))
    } else {
      this.#members.set(memberId, by)
      const data = { ...this.#place(by), memberId, role: 'member' as const }
      this.events.push(integrationEvent('MemberJoined', data, this.#origin()))
    }
  }

  /** The expected notification of each person: who added them, or null. */
  get told(): (UserId | null)[] {
    return people.map((userId) => {
      const by = this.#members.get(userId) ?? userId
      return by === userId ? null : by
    })
  }

  #place = (actorId: UserId) => ({ conversationId: this.#id, streamVersion: this.events.length + 1, actorId })
  #origin = () => ({
    id: randomUUID(),
    source: '/subgraphs/test',
    subject: this.#id,
    time: new Date(Date.UTC(2027, 0, 1, 0, 0, this.events.length)),
  })
}

describe('I8: notifications match the current membership', () => {
  it('for any redelivered records of the conversation, in any order', () =>
    fc.assert(
      fc.asyncProperty(plays, async (steps) => {
        const notifications = new MemoryNotifications()
        const take = async (event: Taken): Promise<void> => {
          const command = commandFor(event)
          if (command instanceof NotifyAdded) await new NotifyAddedHandler(notifications).execute(command)
          if (command instanceof ForgetLeaver) await new ForgetLeaverHandler(notifications).execute(command)
        }
        const told = () =>
          Promise.all(
            people.map(async (userId) => {
              const list = await notifications.list(userId, null, 100)
              expect(list.length).toBeLessThan(2)
              return list[0]?.actorId ?? null
            }),
          )
        const conversation = new Conversation()
        conversation.start(people[0]!, people.slice(1, 3))
        for (const { by, who, again } of steps) {
          await take(conversation.events.at(-1)!)
          expect(await told()).toEqual(conversation.told)
          for (const index of again) await take(conversation.events[index % conversation.events.length]!)
          expect(await told()).toEqual(conversation.told)
          conversation.comeOrGo(people[by]!, people[who]!)
        }
      }),
      { numRuns: 300 },
    ))
})
