import { checkHistory } from './check-history.ts'
import type { Entry, MessageState, Operation, OperationOf, Wish } from './history.ts'
import { unsent } from './message-model.ts'
import type { Invariant } from './violation.ts'

const conversation = 'room'
const state = (text: string, more: Partial<MessageState> = {}): MessageState => ({
  ...unsent,
  text,
  ...more,
})
const asked = (call: string, user: string, kind: string, wish: Omit<Wish, 'kind' | 'about'>, about: string | null) =>
  ({ op: 'asked', call, conversation, user, wish: { kind, about, ...wish } }) as const
const accepted = (call: string, seq: number | null): Operation => ({ op: 'accepted', call, seq })
const refused = (call: string, code: string): Operation => ({ op: 'refused', call, code })
const saw = (where: OperationOf<'saw'>['where'], viewer: string, seq: number, version: number, now: MessageState) =>
  ({ op: 'saw', conversation, viewer, where, since: 0, seq, message: 'm1', version, state: now }) as const
const showed = (viewer: string, since: number, words: readonly string[]): Operation => ({
  op: 'showed',
  viewer,
  since,
  words,
})
const marked = (line: number, isBack = false): Operation => ({
  op: 'marked',
  conversation,
  viewer: 'bob',
  line,
  isBack,
})
const position = (readLine: number, since: number): Operation => ({
  op: 'position',
  conversation,
  viewer: 'bob',
  since,
  readLine,
})
const readBack = (viewer: string, entries: readonly Entry[]): Operation => ({
  op: 'read-back',
  conversation,
  viewer,
  headSeq: entries.length,
  entries,
})
const about = (seq: number, kind: string, actor: string): Entry => ({
  seq,
  line: null,
  id: `${kind} of m1`,
  actor,
  clientId: null,
  kind,
  about: 'm1',
})

const sent: Entry = { seq: 1, line: 1, id: 'm1', actor: 'ada', clientId: 'send', kind: 'MessageSent', about: 'm1' }
const log: readonly Entry[] = [
  sent,
  about(2, 'MessageEdited', 'ada'),
  about(3, 'ReactionAdded', 'bob'),
  about(4, 'MessageDeleted', 'ada'),
]
const states = [
  state('one'),
  state('two', { isEdited: true, editCount: 1 }),
  state('two', { isEdited: true, editCount: 1, reactions: [{ emoji: '👍', users: ['bob'] }] }),
  state('', { isEdited: true, editCount: 1, isDeleted: true }),
] as const

/** Up to the reaction: what was asked for, and what both were told. */
const begun: readonly Operation[] = [
  { op: 'joined', conversation, user: 'ada', seq: 0 },
  { op: 'joined', conversation, user: 'bob', seq: 0 },
  asked('send', 'ada', 'MessageSent', { text: 'one' }, null),
  accepted('send', 1),
  asked('edit', 'ada', 'MessageEdited', { text: 'two' }, 'm1'),
  accepted('edit', 2),
  saw('frame', 'bob', 1, 1, states[0]),
  saw('frame', 'bob', 2, 2, states[1]),
  showed('bob', 0, ['one', 'two']),
  asked('like', 'bob', 'ReactionAdded', { emoji: '👍' }, 'm1'),
  accepted('like', 3),
  marked(1),
  position(1, 11),
]
const afterLike = begun.length
const end: readonly Operation[] = [
  saw('page', 'bob', 3, 3, states[2]),
  saw('page', 'ada', 3, 3, states[2]),
  readBack('ada', log.slice(0, 3)),
  readBack('bob', log.slice(0, 3)),
]
const deleting: readonly Operation[] = [
  asked('delete', 'ada', 'MessageDeleted', {}, 'm1'),
  accepted('delete', 4),
  saw('page', 'bob', 4, 4, states[3]),
  saw('page', 'ada', 4, 4, states[3]),
  readBack('ada', log),
  readBack('bob', log),
]
const sound = [...begun, ...end]
const deleted = [...begun, ...deleting]
const without = (history: readonly Operation[], ...calls: string[]): Operation[] =>
  history.filter((one) => one.op !== 'accepted' || !calls.includes(one.call))
const withEntries = (entries: readonly Entry[]): Operation[] => [...begun, readBack('ada', entries)]

const planted: readonly { fault: string; invariant: Invariant; history: readonly Operation[] }[] = [
  {
    fault: 'doubled edit: a retry made a second event',
    invariant: 'I2',
    history: [...sound, readBack('ada', [...log.slice(0, 3), about(4, 'MessageEdited', 'ada')])],
  },
  {
    fault: 'refused and done all the same',
    invariant: 'I2',
    history: [
      ...sound,
      asked('other', 'bob', 'MessageEdited', { text: 'three' }, 'm1'),
      refused('other', 'NOT_AUTHOR'),
      readBack('ada', [...log.slice(0, 3), about(4, 'MessageEdited', 'bob')]),
    ],
  },
  {
    fault: 'merged: two reactions were answered by one event',
    invariant: 'I2',
    history: [...sound, asked('like 2', 'bob', 'ReactionAdded', { emoji: '👍' }, 'm1'), accepted('like 2', 3)],
  },
  {
    fault: 'swapped: acknowledged before another was asked for, and stands behind it',
    invariant: 'I3',
    history: [
      asked('send', 'ada', 'MessageSent', { text: 'one' }, null),
      accepted('send', 2),
      asked('send 2', 'ada', 'MessageSent', { text: 'other' }, null),
      accepted('send 2', 1),
    ],
  },
  {
    fault: 'stale version: an event has an older state beside it',
    invariant: 'I5',
    history: [...sound, saw('frame', 'ada', 3, 2, states[1])],
  },
  {
    fault: 'stale state: a version has the state of the one before',
    invariant: 'I5',
    history: [...sound, saw('frame', 'ada', 3, 3, states[1])],
  },
  {
    fault: 'a version that no event made',
    invariant: 'I5',
    history: [...sound, saw('frame', 'ada', 3, 7, states[2])],
  },
  {
    fault: 'leaked edit: a message shows a text that was never acknowledged',
    invariant: 'I5',
    history: [...sound, saw('page', 'ada', 3, 3, { ...states[2], text: 'three' })],
  },
  {
    fault: 'lost reaction: it was acknowledged and is not on the message',
    invariant: 'I5',
    history: [...sound, saw('page', 'ada', 3, 3, { ...states[2], reactions: [] })],
  },
  {
    fault: 'doubled reaction: one person is in it twice',
    invariant: 'I5',
    history: [
      ...sound,
      saw('page', 'ada', 3, 3, { ...states[2], reactions: [{ emoji: '👍', users: ['bob', 'bob'] }] }),
    ],
  },
  {
    fault: 'resurrected delete: a later version has the text again',
    invariant: 'I5',
    history: [...deleted, saw('page', 'ada', 4, 4, states[2])],
  },
  {
    fault: 'a client is left with an older version than the last',
    invariant: 'I5',
    history: [
      ...begun,
      saw('page', 'ada', 3, 3, states[2]),
      readBack('ada', log.slice(0, 3)),
      readBack('bob', log.slice(0, 3)),
    ],
  },
  {
    fault: 'a reaction was said to be there already, and was not',
    invariant: 'I5',
    history: [...sound, asked('heart', 'bob', 'ReactionAdded', { emoji: '❤️' }, 'm1'), accepted('heart', null)],
  },
  {
    fault: 'told that a message is deleted, which nobody did',
    invariant: 'I5',
    history: [
      ...sound,
      asked('edit 2', 'ada', 'MessageEdited', { text: 'three' }, 'm1'),
      refused('edit 2', 'MESSAGE_DELETED'),
    ],
  },
  {
    fault: 'told that a message is not there, which is',
    invariant: 'I1',
    history: [
      ...sound,
      asked('edit 2', 'ada', 'MessageEdited', { text: 'three' }, 'm1'),
      refused('edit 2', 'NOT_FOUND'),
    ],
  },
  {
    fault: 'acknowledged before the commit: a page that was asked for later does not reach it',
    invariant: 'I1',
    history: [...sound, { op: 'page', conversation, viewer: 'ada', since: afterLike, headSeq: 2 }],
  },
  {
    fault: 'acknowledged before the commit: an answer to a later request has the version before',
    invariant: 'I1',
    history: [...sound, { ...saw('page', 'ada', 2, 2, states[1]), since: afterLike }],
  },
  {
    fault: 'deleted text is still shown somewhere',
    invariant: 'I7',
    history: [...deleted, showed('bob', deleted.length, ['two'])],
  },
  {
    fault: 'leaked edit: the text of a refused edit is shown somewhere',
    invariant: 'I7',
    history: [
      ...sound,
      asked('other', 'bob', 'MessageEdited', { text: 'three words' }, 'm1'),
      refused('other', 'NOT_AUTHOR'),
      showed('ada', 0, ['three']),
    ],
  },
  {
    fault: 'a stranger was shown a message',
    invariant: 'I7',
    history: [...sound, saw('answer', 'eve', 3, 3, states[2])],
  },
  { fault: 'read position backward', invariant: 'I6', history: [...sound, marked(3), position(1, 100)] },
]

describe('the checker of changes of messages', () => {
  it.each([
    ['a message that was edited and reacted to', sound],
    ['one that was deleted', deleted],
    ['one whose edit was never answered and happened', without(sound, 'edit')],
    [
      'one whose edit was never answered and did not happen',
      [...sound, asked('late', 'ada', 'MessageEdited', { text: 'late' }, 'm1')],
    ],
    [
      'one whose earlier events have lost their text',
      [...deleted, saw('frame', 'ada', 1, 1, state('', { isDeleted: true }))],
    ],
    [
      'one that was deleted, with nothing to take back afterwards, and deleted once more',
      [
        ...deleted,
        asked('unlike', 'bob', 'ReactionRemoved', { emoji: '👍' }, 'm1'),
        accepted('unlike', null),
        asked('delete again', 'ada', 'MessageDeleted', {}, 'm1'),
        accepted('delete again', 4),
      ],
    ],
    ['a newest message that follows the log', [...sound, saw('newest', 'bob', 0, 2, states[1])]],
    ['a line that was marked unread', [...sound, marked(3), marked(2, true), position(1, 100)]],
    ['a text that was shown before it was deleted', [...deleted, showed('bob', afterLike, ['two'])]],
  ])('finds nothing in %s', (_what, history) => {
    expect(checkHistory(history)).toEqual([])
  })

  it.each(planted)('reports $invariant for $fault', ({ invariant, history }) => {
    expect(checkHistory(history).map((found) => found.invariant)).toContain(invariant)
  })

  it('reports an event that was lost, skipped or counted wrong beside changes without a line', () => {
    const lost = withEntries(log.slice(0, 2))
    const ack: Operation = { op: 'acknowledged', conversation, entry: log[2] as Entry }
    expect(checkHistory([...lost, ack]).map(({ invariant }) => invariant)).toContain('I1')
    const skipped = withEntries([sent, about(3, 'ReactionAdded', 'bob')])
    expect(checkHistory(skipped).map(({ invariant }) => invariant)).toContain('I3')
    const miscounted: Operation = { op: 'unread', conversation, viewer: 'bob', readLine: 0, unread: 2 }
    expect(checkHistory([...sound, miscounted]).map(({ invariant }) => invariant)).toEqual(['I6'])
  })
})
