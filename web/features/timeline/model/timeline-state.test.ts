import fc from 'fast-check'
import type { TimelineEvent } from './events'
import type { TimelineAction, TimelineState } from './timeline-state'
import { cursorOf, earlierThan, emptyTimeline, hasGap, isBehind, shownEvents, timelineReducer } from './timeline-state'

const ada = { id: 'u1', username: 'ada', displayName: 'Ada' }
const bob = { id: 'u2', username: 'bob', displayName: 'Bob' }

const kinds: ((seq: number) => TimelineEvent)[] = [
  (seq) => ({ ...entry(seq), type: 'message', messageId: `m${seq}`, clientId: `c${seq}`, text: `text ${seq}` }),
  (seq) => ({ ...entry(seq), type: 'joined', member: bob }),
  (seq) => ({ ...entry(seq), type: 'left', member: bob }),
  (seq) => ({ ...entry(seq), type: 'renamed', title: `title ${seq}` }),
  (seq) => ({ ...entry(seq), type: 'started', title: null }),
]

function entry(seq: number) {
  return { seq, at: new Date(1_700_000_000_000 + seq * 1000).toISOString(), actor: ada }
}

/** A log of `length` events whose kinds are chosen by the seed numbers. */
function logOf(choices: readonly number[]): TimelineEvent[] {
  return choices.map((choice, index) => (kinds[choice % kinds.length] ?? kinds[0]!)(index + 1))
}

const logs = fc.array(fc.nat(), { minLength: 1, maxLength: 60 }).map(logOf)

function fold(actions: readonly TimelineAction[], from: TimelineState = emptyTimeline): TimelineState {
  return actions.reduce(timelineReducer, from)
}

function page(log: readonly TimelineEvent[], before: number, last: number): TimelineAction {
  const from = Math.max(1, before - last)
  return {
    type: 'page-arrived',
    page: { events: log.slice(from - 1, before - 1), hasEarlier: from > 1, headSeq: log.length },
  }
}

function frame(log: readonly TimelineEvent[], from: number, to: number, headSeq = log.length): TimelineAction {
  return { type: 'frame-arrived', frame: { events: log.slice(from - 1, to), headSeq } }
}

function wholeLog(log: readonly TimelineEvent[]): TimelineState {
  return fold([page(log, log.length + 1, log.length)])
}

/** The log cut into overlapping pages and frames that together cover it. */
const deliveries = logs.chain((log) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(log.length - 1), fc.integer({ min: 1, max: 12 }), fc.boolean()), { maxLength: 20 }),
      fc.integer({ min: 1, max: 10 }),
    )
    .map(([extra, size]) => {
      const cover = Array.from({ length: Math.ceil(log.length / size) }, (_, i) => page(log, (i + 1) * size + 1, size))
      const more = extra.map(([start, count, asFrame]) =>
        asFrame ? frame(log, start + 1, start + count) : page(log, start + 2, count),
      )
      return { log, actions: [...cover, ...more] }
    }),
)

describe('timeline state', () => {
  it('I5: old state and the events since then equal a fresh state', () => {
    fc.assert(
      fc.property(logs, fc.nat(60), fc.integer({ min: 1, max: 7 }), (log, cut, size) => {
        const old = Math.min(cut, log.length)
        const frames = Array.from({ length: Math.ceil((log.length - old) / size) }, (_, i) =>
          frame(log, old + i * size + 1, Math.min(log.length, old + (i + 1) * size)),
        )
        const oldPage: TimelineAction = {
          type: 'page-arrived',
          page: { events: log.slice(0, old), hasEarlier: false, headSeq: old },
        }
        const grown = fold([oldPage, ...frames])
        expect(shownEvents(grown)).toEqual(shownEvents(wholeLog(log)))
        expect(isBehind(grown)).toBe(false)
      }),
    )
  })

  it('I4: any order and any duplication of pages and frames ends in the same state', () => {
    fc.assert(
      fc.property(
        deliveries.chain(({ log, actions }) =>
          fc.tuple(
            fc.constant(log),
            fc.shuffledSubarray(actions, { minLength: actions.length }),
            fc.array(fc.constantFrom(...actions), { maxLength: 10 }),
          ),
        ),
        ([log, shuffled, again]) => {
          const state = fold([...shuffled, ...again])
          expect(state).toEqual(wholeLog(log))
        },
      ),
    )
  })

  it('never shows events across a gap, and says that one is there', () => {
    fc.assert(
      fc.property(logs, fc.func(fc.boolean()), (log, keep) => {
        const events = log.filter((event) => keep(event.seq))
        const state = fold([{ type: 'events-arrived', events }])
        const shown = shownEvents(state)
        shown.forEach((event, index) => expect(event.seq).toBe((shown[0]?.seq ?? 0) + index))
        expect(hasGap(state)).toBe(
          events.length > 0 && (events.at(-1)?.seq ?? 0) - (events[0]?.seq ?? 0) >= events.length,
        )
        if (hasGap(state)) expect(isBehind(state)).toBe(true)
      }),
    )
  })

  it('returns the same object for a duplicate', () => {
    const log = logOf([0, 0, 0])
    const state = wholeLog(log)
    expect(timelineReducer(state, frame(log, 2, 3))).toBe(state)
    expect(timelineReducer(state, page(log, 4, 2))).toBe(state)
  })

  it('closes a gap once the missing events have been fetched', () => {
    const log = logOf([0, 0, 0, 0, 0, 0])
    const behind = fold([page(log.slice(0, 2), 3, 2), frame(log, 6, 6)])
    expect(cursorOf(behind)).toBe(2)
    expect(hasGap(behind)).toBe(true)
    const filled = fold([page(log, 6, 3)], behind)
    expect(cursorOf(filled)).toBe(6)
    expect(hasGap(filled)).toBe(false)
  })

  it('is behind when a heartbeat names a head that has not arrived', () => {
    const log = logOf([0, 0])
    const state = fold([frame(log, 1, 0, 5)], wholeLog(log))
    expect(isBehind(state)).toBe(true)
    expect(hasGap(state)).toBe(false)
  })

  it('knows whether there is more history', () => {
    const log = logOf(Array.from({ length: 30 }, () => 0))
    const latest = fold([page(log, 31, 10)])
    expect(earlierThan(latest)).toBe(21)
    expect(earlierThan(fold([page(log, 21, 20)], latest))).toBeNull()
    const limited: TimelineAction = {
      type: 'page-arrived',
      page: { events: log.slice(9), hasEarlier: false, headSeq: 30 },
    }
    expect(earlierThan(fold([limited]))).toBeNull()
  })

  it('begins anew from a page after a long absence', () => {
    const log = logOf(Array.from({ length: 30 }, () => 0))
    const state = fold([
      page(log, 4, 3),
      { type: 'replaced', page: { events: log.slice(20), hasEarlier: true, headSeq: 30 } },
    ])
    expect(shownEvents(state).map((event) => event.seq)).toEqual(log.slice(20).map((event) => event.seq))
  })
})
