import fc from 'fast-check'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { deletionOf, editOf, eventAt, mentionsOf, reactionOf } from '../testing/entries'
import { InboxView } from './inbox-view'
import { evolve } from './message'
import { unread } from './read-state'
import { notBegun } from './timeline-event'

const [me, other] = [newUser(), newUser()]
const conversations = [newConversation(), newConversation()]

/** The author of each line of each conversation. */
const logs = fc.tuple(...conversations.map(() => fc.array(fc.constantFrom(me, other), { maxLength: 15 })))

const eventsOf = (index: number, actors: readonly (typeof me)[]) =>
  actors.map((actorId, at) => eventAt(at + 1, { conversationId: conversations[index]!, actorId }))

describe('an inbox', () => {
  it('I6: equals a recount over all conversations, from any starting point', () => {
    fc.assert(
      fc.property(logs, fc.nat({ max: 15 }), fc.nat({ max: 15 }), (actors, known, read) => {
        const view = new InboxView(me)
        let recount = 0
        conversations.forEach((id, index) => {
          const events = eventsOf(index, actors[index] ?? [])
          const until = Math.min(known, events.length)
          const own = events.slice(0, until).flatMap(({ actorId, lines }) => (actorId === me ? [lines] : []))
          const readLine = Math.min(read, until)
          view.put(
            id,
            { seq: until, lines: until, detailsSeq: 0 },
            { ...unread, readLine, ownLines: own.filter((line) => line > readLine) },
          )
          for (const event of [...events, ...events]) view.take(event)
          recount += events.filter(({ actorId, lines }) => actorId !== me && lines > readLine).length
        })
        expect(view.unread).toBe(recount)
        expect(conversations.reduce((sum, id) => sum + (view.entry(id)?.unread ?? 0), 0)).toBe(recount)
      }),
    )
  })

  it('does not count a conversation that was left', () => {
    const view = new InboxView(me)
    const [id] = conversations
    view.put(id!, notBegun, unread)
    view.take(eventAt(1, { conversationId: id!, actorId: other }))
    view.remove(id!)
    expect(view.unread).toBe(0)
    expect(view.entry(id!)).toBeNull()
    expect(view.take(eventAt(2, { conversationId: id!, actorId: other }))).toBe(false)
  })

  it('has the newest message after an edit of it, and ignores edits of others', () => {
    const view = new InboxView(me)
    const [id] = conversations
    view.put(id!, notBegun, unread)
    const sent = [1, 2].map((seq) => eventAt(seq, { conversationId: id! }))
    for (const event of sent) view.take(event)
    const [first, last] = sent.map((event) => evolve(null, event)!)
    view.take({ ...editOf(last!, 'Better'), seq: 3, lines: 2 })
    view.take({ ...editOf(first!, 'Other'), seq: 4, lines: 2 })
    expect(view.entry(id!)).toMatchObject({
      seq: 4,
      unread: 2,
      lastMessage: { id: last!.id, text: 'Better', version: 3 },
    })
  })

  it('does not know the newest message when it has only an edit', () => {
    const view = new InboxView(me)
    const [id] = conversations
    view.put(id!, { seq: 5, lines: 5, detailsSeq: 0 }, unread)
    const old = evolve(null, eventAt(1, { conversationId: id! }))!
    view.take({ ...editOf(old, 'Better'), seq: 6, lines: 5 })
    expect(view.entry(id!)).toMatchObject({ seq: 6, lastMessage: null })
  })

  it('does not know the newest message when the store is ahead of what was heard: it may be edited or deleted', () => {
    const view = new InboxView(me)
    const [id] = conversations
    view.put(id!, notBegun, unread)
    const sent = eventAt(1, { conversationId: id!, text: 'A secret' })
    view.take(sent)
    view.put(id!, { seq: 1, lines: 1, detailsSeq: 0 }, unread)
    expect(view.entry(id!)?.lastMessage).toEqual(evolve(null, sent))
    view.put(id!, { seq: 2, lines: 1, detailsSeq: 0 }, unread)
    view.take({ ...deletionOf(evolve(null, sent)!), seq: 2, lines: 1 })
    expect(view.entry(id!)).toMatchObject({ seq: 2, lastMessage: null })
    const reaction = reactionOf(evolve(null, sent)!, other)
    view.take({ ...reaction, seq: 3, lines: 1 })
    expect(view.entry(id!)).toMatchObject({ seq: 3, lastMessage: null })
  })

  it('never replaces newer state by older state of the store', () => {
    const view = new InboxView(me)
    const [id] = conversations
    view.put(id!, { seq: 5, lines: 5, detailsSeq: 4 }, { ...unread, readLine: 5 })
    view.put(id!, { seq: 3, lines: 3, detailsSeq: 1 }, { ...unread, readLine: 2 })
    expect(view.entry(id!)).toMatchObject({ seq: 5, detailsSeq: 4, readLine: 5, unread: 0 })
  })

  it('has the seq of the event that changed the details of a conversation last', () => {
    const view = new InboxView(me)
    const [id] = conversations
    const known = () => view.entry(id!)?.detailsSeq
    const of = { conversationId: id!, actorId: other }
    view.put(id!, notBegun, unread)
    view.take(eventAt(1, of))
    expect(known()).toBe(0)
    view.take({ ...eventAt(2, of), type: 'TitleChanged', data: { title: 'Other' } })
    view.take(eventAt(3, of))
    expect(known()).toBe(2)
    view.put(id!, { seq: 3, lines: 3, detailsSeq: 0 }, unread)
    expect(known()).toBe(2)
  })

  it('I6: counts only the mentions of a muted conversation, and everything again when the mute ends', () => {
    const view = new InboxView(me)
    const [id, busy] = conversations
    const now = new Date('2026-11-29T12:00:00Z')
    const end = new Date(now.getTime() + 60_000)
    const mute = { isMuted: true, until: end, revision: 1 }
    view.put(id!, notBegun, { ...unread, mute })
    view.put(busy!, notBegun, unread)
    const sent = (seq: number, conversationId = id!) => eventAt(seq, { conversationId, actorId: other })
    for (const event of [sent(1), sent(2), sent(1, busy)]) view.take(event)
    view.take(eventAt(3, { conversationId: id!, actorId: other, mentions: mentionsOf([me]) }))
    expect(view.entry(id!)).toMatchObject({ unread: 3, mentions: 1, mute })
    expect(view.unread).toBe(2)
    expect(view.nextMuteEnd).toEqual(end)
    expect(view.endMutes(now)).toEqual([])
    expect(view.endMutes(end)).toEqual([id])
    expect(view.unread).toBe(4)
    expect(view.nextMuteEnd).toBeNull()
    // What the store has of it is older than that.
    view.put(id!, notBegun, { ...unread, mute })
    expect(view.entry(id!)?.mute).toEqual({ isMuted: false, until: null, revision: 1 })
    view.put(id!, notBegun, { ...unread, mute: { isMuted: true, until: null, revision: 2 } })
    expect(view.unread).toBe(2)
    view.remove(id!)
    expect(view.unread).toBe(1)
  })
})
