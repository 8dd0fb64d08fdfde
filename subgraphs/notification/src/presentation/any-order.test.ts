import type { Command } from '@nestjs/cqrs'
import type { AnyIntegrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import { ConversationOwner } from '@parley/memberships/conversation-owner'
import type { Membership } from '@parley/memberships/membership'
import { isOfConversation } from '@parley/memberships/membership'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { MembershipStore } from '@parley/memberships/membership-store'
import fc from 'fast-check'
import { AnnounceChange, AnnounceChangeHandler } from '../application/announce-change'
import { ForgetLeaver, ForgetLeaverHandler } from '../application/forget-leaver'
import { NotifyOfJoining, NotifyOfJoiningHandler } from '../application/notify-of-joining'
import { NotifyOfMessage, NotifyOfMessageHandler } from '../application/notify-of-message'
import { RecordReading, RecordReadingHandler } from '../application/record-reading'
import { ReplicatedMemberships } from '../infrastructure/replicated-memberships'
import { type Between, MemoryHints, MemoryNotifications, MemoryRecentMessages } from '../testing/fakes'
import { History, type Step } from '../testing/history'
import { newUser } from '../testing/ids'
import { commandFor } from './event-commands'

class MemoryMemberships extends MembershipStore {
  #known: Membership | null = null

  constructor(private readonly between: Between) {
    super()
  }

  async load(): Promise<Membership | null> {
    await this.between()
    return this.#known
  }

  async save(membership: Membership): Promise<void> {
    await this.between()
    if ((this.#known?.version ?? 0) < membership.version) this.#known = membership
  }
}

class KnownOwner extends ConversationOwner {
  constructor(private readonly membership: Membership) {
    super()
  }

  describe(): Promise<Membership> {
    return Promise.resolve(this.membership)
  }
}

/** The subgraph without its engines; `between` lets a test put other deliveries into every gap. */
function consumer(history: History, between: Between) {
  const notifications = new MemoryNotifications(between)
  const messages = new MemoryRecentMessages(between)
  const replica = new MembershipReplica(new MemoryMemberships(between), new KnownOwner(history.membership))
  const memberships = new ReplicatedMemberships(replica)
  const hints = new MemoryHints()
  const execute = (command: Command<void> | null): Promise<void> => {
    if (command instanceof NotifyOfMessage) {
      return new NotifyOfMessageHandler(messages, memberships, notifications, hints).execute(command)
    }
    if (command instanceof NotifyOfJoining) {
      return new NotifyOfJoiningHandler(messages, memberships, notifications, hints).execute(command)
    }
    if (command instanceof ForgetLeaver)
      return new ForgetLeaverHandler(memberships, notifications, hints).execute(command)
    if (command instanceof AnnounceChange) return new AnnounceChangeHandler(memberships, hints).execute(command)
    if (command instanceof RecordReading) return new RecordReadingHandler(notifications, hints).execute(command)
    return Promise.resolve()
  }
  const take = async (event: AnyIntegrationEvent): Promise<void> => {
    if (isOfConversation(event)) await replica.apply(event)
    await execute(commandFor(event))
  }
  return { take, notifications }
}

const people = Array.from({ length: 4 }, newUser)
const steps = fc.array(
  fc.record<Step>({ type: fc.constantFrom('send', 'send', 'read', 'join', 'leave'), by: fc.nat({ max: 3 }) }),
  { minLength: 3, maxLength: 25 },
)

const recount = (history: History) => people.map((userId: UserId) => history.unreadOf(userId))
const counted = (notifications: MemoryNotifications) =>
  Promise.all(people.map((userId) => notifications.countUnread(userId)))

describe('I6, I8: the badge equals a recount from the log', () => {
  it('whatever the order, and however often an event comes', () => {
    const deliveries = steps.chain((played) => {
      const history = new History(people, played)
      const events = [...history.conversationEvents, ...history.messageEvents]
      const shuffled = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 })
      return fc.record({ history: fc.constant(history), delivered: shuffled })
    })
    return fc.assert(
      fc.asyncProperty(deliveries, async ({ history, delivered }) => {
        const { take, notifications } = consumer(history, () => Promise.resolve())
        for (const event of delivered) await take(event)
        expect(await counted(notifications)).toEqual(recount(history))
      }),
      { numRuns: 300 },
    )
  })

  it('when two partitions run at once and interleave in every step', () =>
    fc.assert(
      fc.asyncProperty(steps, fc.scheduler(), async (played, scheduler) => {
        const history = new History(people, played)
        const { take, notifications } = consumer(history, () => scheduler.schedule(Promise.resolve()))
        const lanes = [history.conversationEvents, history.messageEvents].map(async (lane) => {
          for (const event of lane) await take(event)
        })
        await scheduler.waitFor(Promise.all(lanes))
        expect(await counted(notifications)).toEqual(recount(history))
      }),
      { numRuns: 300 },
    ))
})
