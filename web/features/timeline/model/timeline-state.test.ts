import fc from 'fast-check'
import { messageEdited, messageSent, reactionSet, TimelineLog } from '../../../testing/timeline-log'
import { type Message, messageOf, quoteOf, type TimelineEvent } from './events'
import type { TimelineAction, TimelineState } from './timeline-state'
import {
  earlierThan,
  emptyTimeline,
  isBehind,
  isHeld,
  laterThan,
  missingLines,
  readLines,
  timelineReducer,
} from './timeline-state'

const fold = (actions: readonly TimelineAction[], from: TimelineState = emptyTimeline): TimelineState =>
  actions.reduce(timelineReducer, from)

const page = (log: TimelineLog, ...range: Parameters<TimelineLog['page']>): TimelineAction => ({
  type: 'page-arrived',
  page: log.page(...range),
})
const frame = (log: TimelineLog, ...range: Parameters<TimelineLog['frame']>): TimelineAction => ({
  type: 'frame-arrived',
  frame: log.frame(...range),
})

const window = (log: TimelineLog, ...range: Parameters<TimelineLog['linesFrom']>): TimelineAction => ({
  type: 'window-opened',
  page: log.linesFrom(...range),
})

const learned = (message: Message): TimelineAction => ({ type: 'message-learned', message })

/** What is quoted among the held messages, in the state that is shown. */
const quotesIn = ({ lines, window, beyond, quotes }: TimelineState) =>
  [lines.toArray(), window?.lines.toArray() ?? [], beyond]
    .flat()
    .flatMap((event) => messageOf(event)?.replyToId ?? [])
    .map((id) => [id, quotes.get(id)] as const)

const fresh = (log: TimelineLog): TimelineState => fold([page(log, null, log.length)])
const seqs = (state: TimelineState) => state.lines.toArray().map(({ seq }) => seq)

const logs = fc.array(fc.nat(), { minLength: 1, maxLength: 30, size: 'max' }).map((choices) => TimelineLog.of(choices))

/** A log, its length when it was opened, and all later events, duplicated, partial and in any order. */
const stories = logs.chain((log) =>
  fc.integer({ min: 1, max: log.length }).chain((old) => {
    const seq = fc.integer({ min: 1, max: log.length })
    const size = fc.integer({ min: 1, max: 9 })
    const anyPage = fc
      .tuple(fc.option(seq), size, seq)
      .map(([before, last, head]): TimelineAction => page(log, before, last, head))
    const anyFrame = fc.tuple(seq, size, fc.nat(20)).map(([from, count, more]): TimelineAction => {
      const to = Math.min(log.length, from + count - 1)
      return frame(log, from, to, Math.min(log.length, to + more))
    })
    /** The state of a message at some time, if there was one. */
    const anyState = fc.tuple(seq, fc.nat()).map(([head, choice]): TimelineAction => {
      const messages = [...log.messagesAt(head).values()]
      const message = messages[choice % Math.max(1, messages.length)]
      return message === undefined ? page(log, null, 1, head) : learned(message)
    })
    /** Reading elsewhere: there, on in both directions, back, and dropping what is too much. */
    const anyReading = fc
      .tuple(seq, size, seq, fc.nat({ max: 10 }))
      .map(([from, count, head, what]): TimelineAction => {
        if (what < 4) return window(log, from, count, head)
        if (what < 7) return { type: 'page-arrived', page: log.linesFrom(from, count, head) }
        if (what === 10) return { type: 'end-trimmed', keep: count }
        return what === 7
          ? { type: 'window-closed' }
          : { type: 'trimmed', to: what === 8 ? 'earlier' : 'later', keep: count }
      })
    const cover = size.map((count) =>
      Array.from({ length: Math.ceil((log.length - old) / count) }, (_, index) => {
        const from = old + index * count + 1
        return frame(log, from, Math.min(log.length, from + count - 1))
      }),
    )
    return fc
      .record({
        shown: size,
        early: fc.array(anyFrame, { maxLength: 4 }),
        cover,
        more: fc.array(fc.oneof(anyPage, anyFrame, anyState, anyReading), { maxLength: 20 }),
      })
      .chain(({ shown, early, cover: frames, more }) =>
        fc
          .shuffledSubarray([...frames, ...more], { minLength: frames.length + more.length })
          .map((since) => ({ log, opening: [...early, page(log, null, shown, old)], since })),
      )
  }),
)

/** Loads all earlier pages. */
function withAllHistory(log: TimelineLog, state: TimelineState): TimelineState {
  const before = earlierThan(state)
  return before === null ? state : withAllHistory(log, timelineReducer(state, page(log, before, 7)))
}

/** Reads on to the end. */
function withAllLater(log: TimelineLog, state: TimelineState): TimelineState {
  const after = laterThan(state)
  if (after === null) return state
  return withAllLater(log, timelineReducer(state, { type: 'page-arrived', page: log.linesFrom(after + 1, 7) }))
}

describe('timeline state', () => {
  it('I5: an old state with all later events, in any order, equals a fresh state, for every kind of event', () => {
    fc.assert(
      fc.property(stories, ({ log, opening, since }) => {
        const state = fold([...opening, ...since])
        const all = fresh(log).lines.toArray()
        expect(state.lines.toArray()).toEqual(all.slice(state.lines.first - 1))
        expect(state.cursor).toBe(log.length)
        expect(isBehind(state)).toBe(false)
        expect(missingLines(state)).toBeNull()
        const read = readLines(state)
        expect(read.toArray()).toEqual(all.slice(Math.max(0, read.first - 1), read.last))
        const messages = log.messagesAt(log.length)
        for (const [id, quote] of quotesIn(state)) expect(quote).toEqual(quoteOf(messages.get(id) as Message))
        expect(withAllHistory(log, withAllLater(log, state)).lines.toArray()).toEqual(all)
        const closed = timelineReducer(state, { type: 'window-closed' })
        expect(withAllHistory(log, closed).lines.toArray()).toEqual(all)
      }),
    )
  })

  it('I4: at every moment lines have no gap, and nothing up to the cursor is missing from them', () => {
    fc.assert(
      fc.property(stories, ({ log, opening, since }) => {
        let state = emptyTimeline
        for (const action of [...opening, ...since]) {
          state = timelineReducer(state, action)
          const messages = log.messagesAt(state.cursor)
          for (const [id, quote] of quotesIn(state))
            expect(quote?.version).toBeGreaterThanOrEqual(messages.get(id)?.version ?? 0)
          for (const lines of [state.lines, readLines(state)])
            lines.toArray().forEach((event, index) => {
              const message = messageOf(event)
              expect(event.line).toBe(lines.first + index)
              if (message !== null)
                expect(message.version).toBeGreaterThanOrEqual(messages.get(message.id)?.version ?? 0)
            })
          // What is read elsewhere does not touch the end.
          if (state.window !== null) expect(state.window.lines.last + 1).toBeLessThan(state.lines.first)
        }
      }),
    )
  })

  it('I4: keeps a change that came before the first page, of a message that is not in it', () => {
    const [first, second] = [messageSent(1), messageSent(2)]
    const log = new TimelineLog([first, second, messageEdited(3, { ...first.message, version: 3, text: 'edited' })])
    const state = fold([frame(log, 1, 1), frame(log, 3, 3), page(log, null, 1, 2), page(log, 2, 1, 2)])
    expect(state.cursor).toBe(3)
    expect(state.lines.toArray().map(messageOf)).toMatchObject([{ text: 'edited' }, { text: 'text 2' }])
  })

  it('returns the same object for known events', () => {
    fc.assert(
      fc.property(stories, ({ log, opening, since }) => {
        const state = fold([...opening, ...since])
        const last = log.page(null, 3)
        expect(timelineReducer(state, { type: 'events-arrived', events: log.events })).toBe(state)
        if (state.lines.first <= (last.events[0]?.line ?? 0))
          expect(timelineReducer(state, { type: 'page-arrived', page: last })).toBe(state)
      }),
    )
  })

  it('shows nothing beyond a gap until it has been fetched', () => {
    const log = TimelineLog.ofMessages(6)
    const behind = fold([page(log, null, 2, 2), frame(log, 6, 6)])
    expect(seqs(behind)).toEqual([1, 2])
    expect(behind.cursor).toBe(2)
    expect(missingLines(behind)).toEqual({ before: 6, count: 3 })
    const filled = fold([page(log, 6, 3)], behind)
    expect(seqs(filled)).toEqual([1, 2, 3, 4, 5, 6])
    expect(filled.cursor).toBe(6)
    expect(missingLines(filled)).toBeNull()
  })

  it('is behind while something that makes no line is missing, and is not when a page has all that is shown', () => {
    const edit = 6
    const log = TimelineLog.of([0, 0, 0, edit, 0])
    const behind = fold([page(log, null, 3, 3), page(log, null, 1)])
    expect(seqs(behind)).toEqual([1, 2, 3, 5])
    expect(isBehind(behind)).toBe(true)
    expect(fold([frame(log, 4, 5)], behind).cursor).toBe(5)
    expect(fold([page(log, null, 4)], behind).cursor).toBe(5)
  })

  it('keeps the state of a message that changed before its line was here', () => {
    const log = TimelineLog.of([0, 0, 6])
    const edited = messageOf(log.events[2]!)
    expect(edited?.version).toBe(3)
    const state = fold([page(log, null, 1, 2), frame(log, 3, 3), page(log, 2, 1, 2)])
    expect(state.lines.toArray().map((event) => messageOf(event)?.version)).toEqual([3, 2])
  })

  it('keeps the state of a message whose line is still to come while other lines are dropped', () => {
    const sent = [1, 2, 3, 4, 5, 6].map((seq) => messageSent(seq))
    const reacted = reactionSet(7, { ...messageSent(5).message, version: 7 })
    const log = new TimelineLog([...sent, reacted])
    const trimmed: TimelineAction = { type: 'trimmed', to: 'earlier', keep: 1 }
    // The answer to the own reaction overtakes the stream.
    const state = fold([page(log, null, 4, 4), frame(log, 7, 7), trimmed, frame(log, 5, 5), frame(log, 6, 6)])
    expect(messageOf(state.lines.at(5)!)?.reactions).toHaveLength(1)
    expect(state.cursor).toBe(7)
  })

  it('takes a newer state of a message without its event, which it still waits for', () => {
    const [sent, ...later] = [messageSent(1), messageSent(2)]
    const reacted = reactionSet(3, { ...sent.message, version: 3 })
    const log = new TimelineLog([sent, ...later, reacted])
    const before = fold([page(log, null, 2, 2)])
    const state = fold([learned(messageOf(reacted) ?? sent.message), learned(sent.message)], before)
    expect(state.lines.toArray().map((event) => messageOf(event)?.reactions.length)).toEqual([1, 0])
    expect(state.cursor).toBe(2)
    expect(fold([frame(log, 3, 3)], state).cursor).toBe(3)
  })

  it('is behind when a heartbeat names a head that has not arrived', () => {
    const log = TimelineLog.ofMessages(2)
    const state = fold([{ type: 'frame-arrived', frame: { events: [], headSeq: 5 } }], fresh(log))
    expect(isBehind(state)).toBe(true)
    expect(missingLines(state)).toBeNull()
  })

  it('knows whether there is more history', () => {
    const log = TimelineLog.ofMessages(30)
    const latest = fold([page(log, null, 10)])
    expect(earlierThan(latest)).toBe(21)
    expect(earlierThan(fold([page(log, 21, 20)], latest))).toBeNull()
    const limited: TimelineAction = { type: 'page-arrived', page: { ...log.page(null, 21), hasEarlier: false } }
    expect(earlierThan(fold([limited]))).toBeNull()
  })

  it('starts again from a page after a long absence', () => {
    const log = TimelineLog.ofMessages(30)
    const state = fold([page(log, null, 3, 3), { type: 'replaced', page: log.page(null, 10) }])
    expect(seqs(state)).toEqual(log.events.slice(20).map(({ seq }) => seq))
    expect(state.cursor).toBe(30)
  })
})

describe('a quoted message', () => {
  it('is held where its line is: among the shown ones, or in the window that is read instead', () => {
    const log = TimelineLog.ofMessages(300)
    const quoted = (line: number) => quoteOf(messageOf(log.events[line - 1] as TimelineEvent) as Message)
    const atTheEnd = fold([page(log, null, 50)])
    expect([5, 250, 251, 300].map((line) => isHeld(atTheEnd, quoted(line)))).toEqual([false, false, true, true])
    const farAbove = fold([window(log, 1, 50)], atTheEnd)
    expect([5, 51, 300].map((line) => isHeld(farAbove, quoted(line)))).toEqual([true, false, true])
  })
})
