import type { MessageId } from '@parley/kernel/ids'
import fc from 'fast-check'
import { editOf, eventAt } from '../testing/entries'
import { logs } from '../testing/logs'
import { edited, erased, evolve, type Message, messageIdOf, messagesAfter, withErased } from './message'
import { type EventOf, lineOf, type TimelineEvent } from './timeline-event'

/** Some of the events, some of them twice, in any order. */
const deliveries = logs.chain((log) =>
  fc.record({
    log: fc.constant(log),
    heard: fc.shuffledSubarray([...log, ...log]),
  }),
)

describe('a message', () => {
  it('I5: is the same for any order and any number of deliveries of its events', () => {
    fc.assert(
      fc.property(deliveries, ({ log, heard }) => {
        const fresh = messagesAfter(log)
        // The state before a cut, and all of it again afterwards.
        const known = new Map<string, Message>(messagesAfter(heard))
        for (const event of log) {
          const id = messageIdOf(event)
          const after = id === null ? null : evolve(known.get(id) ?? null, event)
          if (after !== null) known.set(after.id, after)
        }
        expect(known).toEqual(new Map(fresh))
      }),
    )
  })

  it('is not changed by events about others, nor by known ones', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const message of messagesAfter(log).values()) {
          const others = log.filter((event) => messageIdOf(event) === null || messageIdOf(event) === message.id)
          for (const event of others) expect(evolve(message, event)).toBe(message)
        }
      }),
    )
  })
})

describe('an edit', () => {
  it('changes the text and the version, makes no line, and leaves everything else', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const before = new Map<string, Message>()
        for (const event of log) {
          const id = messageIdOf(event)
          const known = id === null ? undefined : before.get(id)
          const after = evolve(known ?? null, event)
          if (event.type === 'MessageEdited') {
            expect(lineOf(event)).toBeNull()
            expect(after).toEqual({ ...known, text: event.data.state.text, version: event.seq, editedAt: event.at })
          }
          if (after !== null) before.set(after.id, after)
        }
      }),
    )
  })
})

describe('a reaction', () => {
  it('changes the reactions and the version, makes no line, and leaves everything else', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const before = new Map<string, Message>()
        for (const event of log) {
          const id = messageIdOf(event)
          const known = id === null ? undefined : before.get(id)
          const after = evolve(known ?? null, event)
          if (event.type === 'ReactionAdded' || event.type === 'ReactionRemoved') {
            expect(lineOf(event)).toBeNull()
            expect(after).toEqual({ ...known, reactions: event.data.state.reactions, version: event.seq })
            const reaction = after?.reactions.find(({ emoji }) => emoji === event.data.emoji)
            expect(reaction?.userIds.includes(event.actorId) ?? false).toBe(event.type === 'ReactionAdded')
          }
          if (after !== null) before.set(after.id, after)
        }
      }),
    )
  })

  it('is absent in states that were stored before there were reactions', () => {
    const sent = eventAt(1)
    const message = evolve(null, sent) as Message
    const { reactions: _none, ...state } = edited(message, 'Better')
    const event = {
      ...sent,
      ...editOf(message, 'Better'),
      seq: 2,
      data: { messageId: message.id, state },
    } as EventOf<'MessageEdited'>
    expect(evolve(message, event)).toMatchObject({ text: 'Better', reactions: [] })
  })
})

describe('a deletion', () => {
  /** The log as it is when every deletion in it has erased what was before. */
  const erasedBy = (log: readonly TimelineEvent[]) =>
    log.reduce(
      (events, one) => (one.type === 'MessageDeleted' ? events.map((other) => erased(other, one)) : events),
      log,
    )

  it('takes the text and nothing else, makes no line, and is the last that happens to a message', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const event of log) {
          if (event.type !== 'MessageDeleted') continue
          const before = messagesAfter(log.filter(({ seq }) => seq < event.seq)).get(event.data.messageId)
          const rest = { text: '', reactions: [], version: event.seq, deletedAt: event.at, deletedBy: event.actorId }
          expect(lineOf(event)).toBeNull()
          expect(messagesAfter(log).get(event.data.messageId)).toEqual({ ...before, ...rest })
        }
      }),
    )
  })

  it('I9: the log without the erased texts has the same messages, places and lines', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const after = erasedBy(log)
        expect(messagesAfter(after)).toEqual(messagesAfter(log))
        const places = (events: readonly TimelineEvent[]) => events.map(({ seq, lines, type }) => [seq, lines, type])
        expect(places(after)).toEqual(places(log))
        expect(erasedBy(after)).toEqual(after)
        expect(withErased(log)).toEqual(after)
      }),
    )
  })

  it('no event about a deleted message has its text, and each says by itself that it was deleted', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const messages = messagesAfter(log)
        for (const event of erasedBy(log)) {
          const now = messages.get(messageIdOf(event) as MessageId)
          if (now === undefined || now.deletedAt === null) continue
          const { text, reactions, deletedAt, deletedBy } = now
          expect(evolve(null, event)).toMatchObject({ text, reactions, deletedAt, deletedBy })
        }
      }),
    )
  })
})

it('places every event by two counts without a gap', () => {
  fc.assert(
    fc.property(logs, (log) => {
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
      const lines = log.flatMap((event) => lineOf(event) ?? [])
      expect(lines).toEqual(lines.map((_, index) => index + 1))
    }),
  )
})
