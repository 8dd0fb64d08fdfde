import fc from 'fast-check'
import { editOf, eventAt } from '../testing/entries'
import { logs } from '../testing/logs'
import { edited, evolve, type Message, messageIdOf, messagesAfter } from './message'
import { type EventOf, lineOf } from './timeline-event'

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

it('places every event by two counts without a gap', () => {
  fc.assert(
    fc.property(logs, (log) => {
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
      const lines = log.flatMap((event) => lineOf(event) ?? [])
      expect(lines).toEqual(lines.map((_, index) => index + 1))
    }),
  )
})
