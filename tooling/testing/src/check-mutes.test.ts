import { checkHistory } from './check-history.ts'
import type { Mentions, MessageState, Operation, OperationOf, Wish } from './history.ts'
import {
  accepted,
  asked,
  conversation,
  plus,
  saw,
  sending,
  log,
  readBack,
  sound,
  unread,
} from './testing/sample-history.ts'
import { unsent } from './message-model.ts'
import type { Invariant } from './violation.ts'

const muted = (viewer: string, isMuted: boolean, more: Partial<OperationOf<'muted'>> = {}): Operation => ({
  op: 'muted',
  conversation,
  viewer,
  isMuted,
  until: null,
  isSure: true,
  since: sound.length,
  asked: 0,
  answered: 100,
  ...more,
})
const mute = (viewer: string, isMuted: boolean, revision: number, ms = 1_000): Operation => ({
  op: 'mute',
  conversation,
  viewer,
  isMuted,
  revision,
  since: 1_000,
  asked: ms,
  answered: ms + 10,
})
const total = (unreadLines: number, mentions: number, isMuted: boolean | null): Operation => ({
  op: 'total',
  viewer: 'bob',
  unread: unreadLines,
  mentions,
  conversations: [
    { conversation, unread: 5, mentions: 2, isMuted },
    { conversation: 'hall', unread: 3, mentions: 0, isMuted: false },
  ],
})

/** Ada calls all, or those who are online, after what was done before: Bob has one mention more, or not. */
const called = (word: Partial<Mentions>, mentions: number, ...before: readonly Operation[]): readonly Operation[] => {
  const wish: Wish = {
    kind: 'MessageSent',
    about: null,
    text: 'six',
    mentions: { users: [], all: false, here: false, ...word },
  }
  const state: MessageState = { ...unsent, text: 'six', mentions: wish.mentions ?? null }
  const entries = [...log, sending(9, 7, 'more', 'ada')]
  return [
    ...sound.filter(({ op }) => op !== 'read-back' && op !== 'unread'),
    ...before,
    asked('send more', 'ada', wish, 200),
    { op: 'accepted', call: 'send more', seq: 9, ms: 300 },
    saw('more', 9, state),
    readBack('ada', entries),
    readBack('bob', entries),
    unread('bob', 1, 6, mentions),
  ]
}
const online: Operation = { op: 'online', user: 'bob' }
const unsure = muted('bob', true, { isSure: false })

const planted: readonly { fault: string; invariant: Invariant; history: readonly Operation[] }[] = [
  { fault: 'a lost mute', invariant: 'I6', history: plus(muted('bob', true), mute('bob', false, 1)) },
  { fault: 'a mute that is back', invariant: 'I6', history: plus(muted('bob', true), muted('bob', false), mute('bob', true, 2)) }, // prettier-ignore
  { fault: 'a mute that counted twice', invariant: 'I6', history: plus(muted('bob', true), mute('bob', true, 2)) },
  { fault: 'a mute that did not end', invariant: 'I6', history: plus(muted('bob', true, { until: 2_000 }), mute('bob', true, 1, 9_000)) }, // prettier-ignore
  { fault: 'a mute that ended early', invariant: 'I6', history: plus(muted('bob', true, { until: 9_000 }), mute('bob', false, 1)) }, // prettier-ignore
  { fault: 'a mute seen by another', invariant: 'I7', history: plus(muted('bob', true), mute('ada', true, 0)) },
  { fault: 'miscounted: a muted conversation in the total', invariant: 'I6', history: plus(total(8, 2, true)) },
  { fault: 'miscounted: the unread mentions of a muted conversation are left out', invariant: 'I6', history: plus(total(3, 2, true)) }, // prettier-ignore
  { fault: 'miscounted: a conversation that is not muted is left out', invariant: 'I6', history: plus(total(5, 2, false)) }, // prettier-ignore
  { fault: 'miscounted: a conversation whose mute has just ended', invariant: 'I6', history: plus(total(3, 2, null)) },
  { fault: 'miscounted: the mentions in the total', invariant: 'I6', history: plus(total(8, 3, false)) },
  {
    fault: '@all stands for one who has muted',
    invariant: 'I6',
    history: called({ all: true }, 2, muted('bob', true)),
  },
  { fault: '@all does not stand for one who has not', invariant: 'I6', history: called({ all: true }, 1) },
  { fault: '@here stands for one who has muted', invariant: 'I6', history: called({ here: true }, 2, online, muted('bob', true)) }, // prettier-ignore
  { fault: '@here does not stand for one who is online', invariant: 'I6', history: called({ here: true }, 1, online) },
  { fault: '@here counts twice', invariant: 'I6', history: called({ here: true }, 3, online) },
  { fault: '@here is lost on the message', invariant: 'I5', history: [...called({ here: true }, 1), saw('more', 9, { ...unsent, text: 'six' })] }, // prettier-ignore
  { fault: 'one who is named is not mentioned, because they have muted', invariant: 'I6', history: called({ users: ['bob'] }, 1, muted('bob', true)) }, // prettier-ignore
]

describe('the checker of mutes, and of whom a message calls', () => {
  it.each([
    ['a mute', plus(muted('bob', true), mute('bob', true, 1), mute('ada', false, 0))],
    ['a mute that has ended', plus(muted('bob', true, { until: 2_000 }), mute('bob', true, 1), mute('bob', false, 1, 9_000))], // prettier-ignore
    ['a mute that a late request may have set again', plus(unsure, muted('bob', false), mute('bob', true, 3))],
    ['the totals', plus(total(5, 2, true), total(8, 2, false))],
    ['the totals around the end of a mute', plus(total(5, 2, null), total(8, 2, null))],
    ['@all for one who has muted', called({ all: true }, 1, muted('bob', true))],
    ['@all for one who has unmuted', called({ all: true }, 2, muted('bob', true), muted('bob', false))],
    ['@all for one who was changing it', called({ all: true }, 2, muted('bob', true, { isMuted: null }))],
    ['@here for one who is online', called({ here: true }, 2, online)],
    ['@here for one of whom nobody knows', called({ here: true }, 2)],
    ['@here not for one of whom nobody knows', called({ here: true }, 1)],
    ['a name for one who has muted', called({ users: ['bob'] }, 2, muted('bob', true))],
  ])('finds nothing in %s', (_what, history) => {
    expect(checkHistory(history)).toEqual([])
  })

  it('keeps whom a word stands for while an edit leaves it', () => {
    const edit: Wish = { kind: 'MessageEdited', about: 'call', text: 'seven @all', mentions: { users: [], all: true, here: false } } // prettier-ignore
    const entries = [
      ...log,
      { ...sending(9, null, 'edit', 'ada'), kind: 'MessageEdited', about: 'call', clientId: null },
    ]
    const state: MessageState = { ...unsent, text: 'seven @all', mentions: edit.mentions ?? null, isEdited: true, editCount: 1 } // prettier-ignore
    const history = (mentions: number) => [
      ...sound.filter(({ op }) => op !== 'read-back' && op !== 'unread'),
      muted('bob', true),
      asked('edit', 'ada', edit, 200),
      accepted('edit', 9),
      saw('call', 9, state),
      readBack('ada', entries),
      readBack('bob', entries),
      unread('bob', 1, 5, mentions),
    ]
    expect(checkHistory(history(1))).toEqual([])
    expect(checkHistory(history(0)).map(({ invariant }) => invariant)).toEqual(['I6'])
  })

  it.each(planted)('reports $invariant for $fault', ({ invariant, history }) => {
    expect(checkHistory(history).map((found) => found.invariant)).toContain(invariant)
  })
})
