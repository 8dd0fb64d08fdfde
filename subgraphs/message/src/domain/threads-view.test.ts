import fc from 'fast-check'
import { logs, people } from '../testing/logs'
import { messagesAfter, rootIn } from './message'
import { afterOwnLine, afterReading, type ReadState, unread } from './read-state'
import { followersOf } from './thread'
import { ThreadsView } from './threads-view'
import { threadPlaceOf, type TimelineEvent } from './timeline-event'

const me = people[0]

/** The read state of a thread as it would be stored after some events. */
const stored = (events: readonly TimelineEvent[], rootId: string, readLine: number): ReadState =>
  events
    .filter(({ actorId }) => actorId === me)
    .flatMap((event) => threadPlaceOf(event) ?? [])
    .filter((place) => place.rootId === rootId)
    .reduce((state, { line }) => afterOwnLine(state, line), afterReading(unread, readLine))

describe('the threads that a user follows', () => {
  it('I6: equal a recount of the log, from any starting point, with events twice and in any order', () => {
    const worlds = logs.chain((log) =>
      fc.record({
        log: fc.constant(log),
        known: fc.nat({ max: log.length }),
        read: fc.nat({ max: 4 }),
        heard: fc.shuffledSubarray([...log, ...log], { minLength: 2 * log.length }),
      }),
    )
    fc.assert(
      fc.property(worlds, ({ log, known, read, heard }) => {
        const view = new ThreadsView(me)
        const before = log.slice(0, known)
        const readLine = (lines: number) => Math.min(read, lines)
        for (const root of messagesAfter(before).values())
          if (followersOf(root).includes(me)) view.put(root, stored(before, root.id, readLine(root.thread?.lines ?? 0)))
        for (const event of heard) {
          // What is not known is read from the store, which may lack this event.
          const taken = view.take(event)
          if (taken?.isNew !== true) continue
          view.put(taken.root, unread)
          view.take(event)
        }
        let unreadThreads = 0
        for (const root of messagesAfter(log).values()) {
          if (!followersOf(root).includes(me)) {
            expect(view.entry(root.id)).toBeNull()
            continue
          }
          const wasKnown = before.some((event) => {
            const then = rootIn(event)
            return then?.id === root.id && followersOf(then).includes(me)
          })
          const linesBefore = messagesAfter(before).get(root.id)?.thread?.lines ?? 0
          const from = wasKnown ? readLine(linesBefore) : 0
          const others = log.filter((event) => {
            const place = threadPlaceOf(event)
            return place?.rootId === root.id && place.line > from && event.actorId !== me
          })
          expect(view.entry(root.id)).toMatchObject({ lines: root.thread?.lines, unread: others.length })
          if (others.length > 0) unreadThreads += 1
        }
        expect(view.unread).toBe(unreadThreads)
      }),
    )
  })

  it('forget what is in a conversation that was left', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const view = new ThreadsView(me)
        for (const root of messagesAfter(log).values()) view.put(root, unread)
        const [first] = log
        if (first !== undefined) view.remove(first.conversationId)
        expect(view.unread).toBe(0)
      }),
    )
  })
})
