import { checkHistory } from './check-history.ts'
import type { Entry, Operation } from './history.ts'
import { unsent } from './message-model.ts'

const conversation = 'room'
const sent: Entry = { seq: 1, line: 1, id: 'm1', actor: 'ada', clientId: 'send', kind: 'MessageSent', about: 'm1' }
const deleted: Entry = {
  ...sent,
  seq: 2,
  line: null,
  id: 'MessageDeleted of m1',
  clientId: null,
  kind: 'MessageDeleted',
}

const opened = (stream: string, gateway: string, after = 0): Operation => ({
  op: 'opened',
  stream,
  conversation,
  viewer: 'bob',
  after,
  gateway,
})
const delivered = (stream: string, entry: Entry): Operation => ({ op: 'delivered', stream, entry })
/** The text, beside an event of a stream. */
const showed = (stream: string, seq = 1, ms = 100): Operation => ({
  op: 'showed',
  viewer: 'bob',
  since: 0,
  words: ['one'],
  inFrame: { stream, seq, ms },
})
const readBack = (viewer: string): Operation => ({
  op: 'read-back',
  conversation,
  viewer,
  headSeq: 2,
  entries: [sent, deleted],
})

/** A text that was deleted, which has reached nobody yet. */
const begun: readonly Operation[] = [
  { op: 'joined', conversation, user: 'ada', seq: 0 },
  { op: 'joined', conversation, user: 'bob', seq: 0 },
  { op: 'asked', call: 'send', conversation, user: 'ada', wish: { kind: 'MessageSent', about: null, text: 'one' } },
  { op: 'accepted', call: 'send', seq: 1, ms: 10 },
  { op: 'asked', call: 'delete', conversation, user: 'ada', wish: { kind: 'MessageDeleted', about: 'm1' } },
  { op: 'accepted', call: 'delete', seq: 2, ms: 50 },
]
const end: readonly Operation[] = [
  {
    op: 'saw',
    conversation,
    viewer: 'bob',
    where: 'page',
    since: begun.length,
    seq: 2,
    message: 'm1',
    version: 2,
    state: { ...unsent, isDeleted: true },
  },
  readBack('bob'),
]
const history = (...between: readonly Operation[]): readonly Operation[] => [...begun, ...between, ...end]

describe('deleted texts in streams', () => {
  it.each([
    [
      'one that lags and shows the deletion later',
      [opened('s', 'a'), delivered('s', sent), showed('s'), delivered('s', deleted)],
    ],
    [
      'one of a gateway that lags, when another gateway has shown the deletion',
      [
        opened('s', 'a'),
        delivered('s', sent),
        delivered('s', deleted),
        opened('t', 'b'),
        delivered('t', sent),
        showed('t'),
      ],
    ],
    [
      'one that was open before its gateway has shown the deletion in another',
      [
        opened('t', 'a'),
        opened('s', 'a'),
        delivered('s', sent),
        delivered('s', deleted),
        delivered('t', sent),
        showed('t'),
      ],
    ],
  ])('may be in %s', (_what, between) => {
    expect(checkHistory(history(...between))).toEqual([])
  })

  it.each([
    ['a page', [{ op: 'showed', viewer: 'bob', since: begun.length, words: ['one'] } as const]],
    [
      'a stream that has shown the deletion',
      [opened('s', 'a'), delivered('s', sent), delivered('s', deleted), showed('s')],
    ],
    [
      'the ring of a gateway that has shown the deletion: resurrected',
      [
        opened('s', 'a'),
        delivered('s', sent),
        delivered('s', deleted),
        opened('t', 'a'),
        delivered('t', sent),
        showed('t'),
      ],
    ],
    ['a stream that begins after the deletion', [opened('s', 'a', 2), showed('s', 3)]],
    ['a stream, longer than it may lag', [opened('s', 'a'), delivered('s', sent), showed('s', 1, 60_000)]],
  ])('are found in %s', (_where, between) => {
    expect(checkHistory(history(...between)).map(({ invariant }) => invariant)).toEqual(['I7'])
  })
})
