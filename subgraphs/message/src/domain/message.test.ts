import type { MessageId } from '@parley/kernel/ids'
import fc from 'fast-check'
import { editOf, eventAt } from '../testing/entries'
import { logs } from '../testing/logs'
import {
  edited,
  emptied,
  erased,
  evolve,
  type Message,
  messageIdOf,
  messageIdsOf,
  messagesAfter,
  rootIn,
  sendingOf,
  withErased,
} from './message'
import { followersOf } from './thread'
import { type EventOf, lineOf, threadPlaceOf, type TimelineEvent } from './timeline-event'

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
          for (const id of messageIdsOf(event)) {
            const message = known.get(id) ?? null
            const after = message === null && id === rootIn(event)?.id ? rootIn(event) : evolve(message, event)
            if (after !== null) known.set(after.id, after)
          }
        }
        expect(known).toEqual(new Map(fresh))
      }),
    )
  })

  it('is not changed by events about others, nor by known ones', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const message of messagesAfter(log).values()) {
          const others = log.filter(
            (event) => !messageIdsOf(event).includes(message.id) || event.seq <= message.version,
          )
          for (const event of others) expect(evolve(message, event)).toBe(message)
        }
      }),
    )
  })
})

describe('an edit', () => {
  it('changes the text, whom it mentions and the version, makes no line, and leaves everything else', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const before = new Map<string, Message>()
        for (const event of log) {
          const id = messageIdOf(event)
          const known = id === null ? undefined : before.get(id)
          const after = evolve(known ?? null, event)
          if (event.type === 'MessageEdited') {
            expect(lineOf(event)).toBeNull()
            const { text, mentions } = event.data.state
            expect(after).toEqual({
              ...known,
              text,
              mentions,
              version: event.seq,
              editedAt: event.at,
              editCount: (known?.editCount ?? 0) + 1,
            })
          }
          for (const [changed, message] of messagesAfter([event], before.values())) before.set(changed, message)
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
          for (const [changed, message] of messagesAfter([event], before.values())) before.set(changed, message)
        }
      }),
    )
  })

  it('is absent in states that were stored before there were reactions', () => {
    const sent = eventAt(1)
    const message = evolve(null, sent) as Message
    const { reactions: _none, ...state } = edited(message, 'Better', null)
    const event = {
      ...sent,
      ...editOf(message, 'Better'),
      seq: 2,
      data: { messageId: message.id, state },
    } as EventOf<'MessageEdited'>
    expect(evolve(message, event)).toMatchObject({ text: 'Better', reactions: [] })
  })
})

describe('a pin', () => {
  it('changes who pinned the message and when, makes no line, and leaves everything else', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const event of log) {
          if (event.type !== 'MessagePinned' && event.type !== 'MessageUnpinned') continue
          const before = messagesAfter(log.filter(({ seq }) => seq < event.seq)).get(event.data.messageId)
          const isPinned = event.type === 'MessagePinned'
          const pin = { pinnedAt: isPinned ? event.at : null, pinnedBy: isPinned ? event.actorId : null }
          expect(lineOf(event)).toBeNull()
          expect(evolve(null, event)).toEqual({ ...before, ...pin, version: event.seq })
        }
      }),
    )
  })

  it('is counted by every event, as many messages as are pinned after it', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const [index, event] of log.entries()) {
          const messages = [...messagesAfter(log.slice(0, index + 1)).values()]
          expect(event.pins ?? 0).toBe(messages.filter(({ pinnedAt }) => pinnedAt !== null).length)
        }
      }),
    )
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
          const deletion = { version: event.seq, deletedAt: event.at, deletedBy: event.actorId }
          expect(lineOf(event)).toBeNull()
          const after = messagesAfter(log).get(event.data.messageId) as Message
          // Replies may still be deleted.
          const rest = { ...emptied, ...deletion }
          expect(after).toEqual({ ...before, ...rest, version: after.version, thread: after.thread })
          expect(evolve(null, event)).toEqual({ ...before, ...rest })
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
          const { text, reactions, deletedAt, deletedBy, pinnedAt, pinnedBy } = now
          const shown = { text, reactions, deletedAt, deletedBy, pinnedAt, pinnedBy }
          const others = { mentions: null, replyToId: null, forwardedFromId: null }
          expect(evolve(null, event)).toMatchObject({ ...shown, ...others })
          if (event.type === 'MessageSent') expect(event.data.sourceId).toBeNull()
        }
        for (const root of erasedBy(log).flatMap((event) => rootIn(event) ?? []))
          if (messages.get(root.id)?.deletedAt !== null) expect(root).toMatchObject({ text: '', reactions: [] })
      }),
    )
  })
})

describe('a quote', () => {
  it('is an id that stays as long as the message, and nothing of the quoted text is in any event', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const event of log) {
          if (event.type !== 'MessageSent') continue
          const { messageId, replyToId = null } = event.data
          const now = messagesAfter(log).get(messageId) as Message
          expect(evolve(null, event)).toMatchObject({ replyToId })
          expect(now.replyToId).toBe(now.deletedAt === null ? replyToId : null)
          expect(sendingOf(now).data.replyToId ?? null).toBe(now.replyToId)
        }
      }),
    )
    const secret = evolve(null, eventAt(1, { text: 'A secret' })) as Message
    expect(JSON.stringify(eventAt(2, { replyToId: secret.id }))).not.toContain(secret.text)
  })

  it('is absent in events that were stored before there were quotes and forwards', () => {
    const message = evolve(null, eventAt(1)) as Message
    const { replyToId: _none, forwardedFromId: _nobody, ...state } = edited(message, 'Better', null)
    const event = { ...eventAt(2), ...editOf(message, 'Better'), data: { messageId: message.id, state } }
    const neither = { replyToId: null, forwardedFromId: null }
    expect([message, evolve(message, event as TimelineEvent)]).toMatchObject([neither, neither])
  })
})

describe('a forward', () => {
  it('names who wrote the text first, through any number of forwards, until it is deleted', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const firstAuthors = new Map<MessageId, string>()
        for (const event of log) {
          if (event.type !== 'MessageSent') continue
          const { messageId, sourceId = null } = event.data
          const first = sourceId === null ? event.actorId : (firstAuthors.get(sourceId) as string)
          firstAuthors.set(messageId, first)
          const now = messagesAfter(log).get(messageId) as Message
          expect(now.forwardedFromId).toBe(sourceId === null || now.deletedAt !== null ? null : first)
          expect(sendingOf(now).data.forwardedFromId ?? null).toBe(now.forwardedFromId)
        }
      }),
    )
  })

  it('has the text as it was then, and nothing else that belongs to its source', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const event of log) {
          const sourceId = event.type === 'MessageSent' ? (event.data.sourceId ?? null) : null
          if (sourceId === null) continue
          const source = messagesAfter(log.filter(({ seq }) => seq < event.seq)).get(sourceId)
          const nothing = {
            reactions: [],
            mentions: null,
            thread: null,
            threadId: null,
            pinnedAt: null,
            replyToId: null,
          }
          expect(evolve(null, event)).toMatchObject({ ...nothing, text: source?.text, authorId: event.actorId })
        }
      }),
    )
  })
})

describe('a thread', () => {
  it('has lines without a gap, and its root tells what a recount tells, whatever happened to both', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const messages = messagesAfter(log)
        for (const root of messages.values()) {
          const replies = log.filter((event) => threadPlaceOf(event)?.rootId === root.id)
          expect(replies.map((event) => threadPlaceOf(event)?.line)).toEqual(replies.map((_, index) => index + 1))
          const now = [...messages.values()].filter(({ threadId }) => threadId === root.id)
          expect(now.map(({ threadLine }) => threadLine)).toEqual(replies.map((_, index) => index + 1))
          const authors = replies.map(({ actorId }) => actorId).toReversed()
          const recount = {
            lines: replies.length,
            replyCount: now.filter(({ deletedAt }) => deletedAt === null).length,
            lastReplyAt: replies.at(-1)?.at,
            participantIds: [...new Set(authors)].toReversed(),
          }
          expect(root.thread).toEqual(replies.length === 0 ? null : recount)
          const followers = new Set(replies.length === 0 ? [] : [root.authorId, ...authors])
          expect(new Set(followersOf(root))).toEqual(followers)
        }
      }),
    )
  })

  it('makes lines of the conversation only of what is to be in it', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const event of log) {
          const place = threadPlaceOf(event)
          if (place === null) continue
          const message = evolve(null, event)
          expect(lineOf(event)).toBe(place.alsoInConversation ? event.lines : null)
          expect(message).toMatchObject({ line: lineOf(event), threadId: place.rootId, threadLine: place.line })
          expect(threadPlaceOf(sendingOf(message as Message))).toEqual(place)
          expect(lineOf(sendingOf(message as Message))).toBe(lineOf(event))
        }
      }),
    )
  })

  it('is absent in states that were stored before there were threads', () => {
    const message = evolve(null, eventAt(1)) as Message
    const { threadId: _none, threadLine: _nor, thread: _neither, ...state } = edited(message, 'Better', null)
    const event = { ...eventAt(2), ...editOf(message, 'Better'), data: { messageId: message.id, state } }
    expect(evolve(message, event as TimelineEvent)).toMatchObject({ threadId: null, threadLine: null, thread: null })
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
