import { checkHistory } from './check-history.ts'
import type { Entry, Operation } from './history.ts'
import { emptied } from './message-model.ts'
import {
  accepted,
  asked,
  bookmarked,
  bookmarks,
  call,
  conversation,
  delivered,
  entry,
  log,
  marked,
  out,
  page,
  pinned,
  plus,
  position,
  readBack,
  refused,
  reply,
  rootAfter,
  saw,
  sending,
  sound,
  thread,
  unread,
  withLog,
} from './testing/sample-history.ts'
import type { Invariant } from './violation.ts'

const planted: readonly { fault: string; invariant: Invariant; history: readonly Operation[] }[] = [
  {
    fault: 'wrong thread line: a reply has the line of another',
    invariant: 'I5',
    history: plus(saw('reply', 2, { ...reply, reply: { root: 'root', line: 2 } })),
  },
  {
    fault: 'the summary of a thread is that of before the last reply',
    invariant: 'I5',
    history: plus(saw('root', 3, rootAfter(1, ['bob']))),
  },
  {
    fault: 'a reply did not change its root: the root stays at the version before',
    invariant: 'I5',
    history: [
      ...sound.filter((one) => one.op !== 'saw' || one.message !== 'root'),
      saw('root', 2, rootAfter(1, ['bob'])),
    ],
  },
  {
    fault: 'acknowledged before the commit: a page has the root without the last reply',
    invariant: 'I1',
    history: plus({ ...saw('root', 2, rootAfter(1, ['bob'])), since: sound.length } as Operation),
  },
  {
    fault: 'a reply that is only in its thread is in the list',
    invariant: 'I5',
    history: plus(saw('reply', 2, { ...reply, isInList: true })),
  },
  { fault: 'skipped: a thread has a gap', invariant: 'I3', history: plus(thread({ lines: [2], replies: ['reply'] })) },
  {
    fault: 'swapped: a thread has two replies in another order',
    invariant: 'I3',
    history: plus(thread({ replies: ['shown reply', 'reply'] })),
  },
  {
    fault: 'doubled: a reply stands twice in a thread',
    invariant: 'I3',
    history: plus(thread({ lines: [1, 2, 2], replies: ['reply', 'shown reply', 'shown reply'] })),
  },
  { fault: 'a thread lacks its end', invariant: 'I3', history: plus(thread({ lines: [1], replies: ['reply'] })) },
  { fault: 'miscounted: unread in a thread', invariant: 'I6', history: plus(thread({ unread: 2 })) },
  { fault: 'who replied does not follow the thread', invariant: 'I6', history: plus(thread({ isFollowed: false })) },
  { fault: 'a position in a thread went back', invariant: 'I6', history: plus(thread({ readLine: 0 })) },
  { fault: 'a thread is read that nobody read', invariant: 'I6', history: plus(thread({ readLine: 2, unread: 0 })) },
  {
    fault: 'told that a message of the conversation is a reply',
    invariant: 'I1',
    history: plus(
      asked('send other', 'bob', {
        kind: 'MessageSent',
        about: null,
        text: 'x',
        reply: { root: 'root', alsoInConversation: false },
      }),
      refused('send other', 'THREAD_IN_THREAD'),
    ),
  },
  { fault: 'wrong pin state: pinned by another', invariant: 'I5', history: plus(saw('root', 4, rootAfter(2, ['bob', 'ada'], { pinnedBy: 'ada' }))) }, // prettier-ignore
  {
    fault: 'told that a message is not pinned, which is',
    invariant: 'I5',
    history: plus(asked('unpin', 'ada', { kind: 'MessageUnpinned', about: 'root' }), accepted('unpin', null)),
  },
  {
    fault: 'miscounted: an event tells of another number of pins',
    invariant: 'I6',
    history: plus({ op: 'acknowledged', conversation, entry: { ...log[3], pins: 2 } as Entry }),
  },
  { fault: 'a pin is missing in the list', invariant: 'I6', history: plus(pinned([], 1)) },
  { fault: 'miscounted: the number of pins beside the list', invariant: 'I6', history: plus(pinned(['root'], 2)) },
  { fault: 'wrong mention count', invariant: 'I6', history: plus(unread('bob', 1, 5, 0)) },
  { fault: 'the author is mentioned', invariant: 'I6', history: plus(unread('ada', 1, 0, 1)) },
  {
    fault: 'a message mentions another',
    invariant: 'I5',
    history: plus(saw('call', 5, { ...call, mentions: { users: ['cid'], all: true, here: false } })),
  },
  { fault: 'a read position moved back without a mark', invariant: 'I6', history: plus(position('bob', 0, 1)) },
  {
    fault: 'a mark as unread was undone by what was read before',
    invariant: 'I6',
    history: plus(position('bob', 3, 0)),
  },
  { fault: 'a mark as unread counted twice', invariant: 'I6', history: plus(position('bob', 1, 2)) },
  { fault: 'lines are read that nobody read', invariant: 'I6', history: plus(position('bob', 3, 1)) },
  { fault: 'a bookmark seen by another', invariant: 'I7', history: plus(bookmarks('ada', ['root'], 1_000)) },
  { fault: 'a bookmark is lost', invariant: 'I1', history: plus(bookmarks('bob', [], 1_000)) },
  { fault: 'a bookmark is back', invariant: 'I7', history: plus(bookmarked('bob', 'root', false), bookmarks('bob', ['root'], 1_000)) }, // prettier-ignore
  { fault: 'a frame after removal', invariant: 'I7', history: out(delivered('cid#1', 7, 1_010)) },
  { fault: 'a page after removal', invariant: 'I7', history: out(page('cid', 3_500)) },
  {
    fault: 'a change for somebody who was removed',
    invariant: 'I7',
    history: out(asked('unpin', 'cid', { kind: 'MessageUnpinned', about: 'call' }, 3_500), accepted('unpin', null)),
  },
  {
    fault: 'doubled: a member was removed twice',
    invariant: 'I2',
    history: withLog((entries) => [...entries, entry(9, 7, 'MemberLeft', 'ada', { member: 'cid' }), entry(10, 8, 'MemberLeft', 'ada', { member: 'cid' })]), // prettier-ignore
  },
  {
    fault: 'a member was removed for whom nobody asked',
    invariant: 'I2',
    history: withLog((entries) => [...entries, entry(9, 7, 'MemberLeft', 'ada', { member: 'bob' })]),
  },
  {
    fault: 'told that there is no message, while in the conversation',
    invariant: 'I1',
    history: plus(asked('like', 'cid', { kind: 'ReactionAdded', about: 'root', emoji: '👍' }, 20_000), refused('like', 'NOT_FOUND')), // prettier-ignore
  },
]

describe('the checker of threads, pins, mentions, positions, bookmarks and members', () => {
  const deleted: readonly Operation[] = [
    asked('delete', 'bob', { kind: 'MessageDeleted', about: 'reply' }),
    accepted('delete', 9),
    saw('reply', 9, { ...reply, ...emptied }),
    saw('root', 9, rootAfter(2, ['bob', 'ada'], { pinnedBy: 'bob', thread: { lines: 2, replies: 1, participants: ['bob', 'ada'] } })), // prettier-ignore
  ]
  it.each([
    ['a run with each of them', sound],
    [
      'a reply that was deleted: its line stays',
      withLog((entries) => [...entries, entry(9, null, 'MessageDeleted', 'bob', { about: 'reply' })]).concat(deleted),
    ],
    ['a page that was asked for just after a removal', out(page('cid', 2_500))],
    [
      'a refusal of somebody who was removed',
      out(asked('like', 'cid', { kind: 'ReactionAdded', about: 'root', emoji: '👍' }), refused('like', 'NOT_FOUND')),
    ],
    [
      'a bookmark that a late request may have set again',
      plus(bookmarked('bob', 'root', true, false), bookmarked('bob', 'root', false), bookmarks('bob', ['root'], 1_000)),
    ],
    ['a position that own lines have moved', plus(marked('ada', 2, false, 0), position('ada', 6, 0))],
  ])('finds nothing in %s', (_what, history) => {
    expect(checkHistory(history)).toEqual([])
  })

  it.each(planted)('reports $invariant for $fault', ({ invariant, history }) => {
    expect(checkHistory(history).map((found) => found.invariant)).toContain(invariant)
  })
})

describe('the checker of pins', () => {
  /** Ada sends so many messages and pins each; at the end she sees this list, if any. */
  function pinning(count: number, listed?: readonly number[]): readonly Operation[] {
    const ids = Array.from({ length: count }, (_, index) => `m${index}`)
    const entries = [
      ...ids.map((id, index) => sending(index + 1, index + 1, id, 'ada')),
      ...ids.map((about, index) => entry(count + index + 1, null, 'MessagePinned', 'ada', { about, pins: index + 1 })),
    ]
    const calls = entries.flatMap(({ kind = '', about = null, seq, clientId }) => {
      const id = clientId ?? `pin ${about}`
      const wish = kind === 'MessageSent' ? { kind, about: null, text: `${about}` } : { kind, about }
      return [asked(id, 'ada', wish), accepted(id, seq)]
    })
    const seen = listed === undefined ? [] : [pinned(listed.map((index) => `m${index}`))]
    return [{ op: 'joined', conversation, user: 'ada', seq: 0 }, ...calls, readBack('ada', entries), ...seen]
  }
  const invariantsOf = (history: readonly Operation[]) => checkHistory(history).map(({ invariant }) => invariant)

  it('reports a pin beyond the limit', () => {
    expect(invariantsOf(pinning(100))).toEqual([])
    expect(invariantsOf(pinning(101))).toEqual(['I6'])
  })

  it.each([
    ['swapped: the list begins with the oldest', [0, 1, 2, 3, 4, 5, 6, 7]],
    ['swapped: an old pin stands above newer ones', [0, 7, 6, 5, 4, 3, 2, 1]],
    ['doubled: a pin stands twice in the list', [7, 6, 5, 4, 3, 2, 1, 1]],
  ])('reports I6 for %s', (_fault, listed) => {
    expect(invariantsOf(pinning(8, listed))).toEqual(['I6'])
  })

  it.each([
    ['the newest pin first', [7, 6, 5, 4, 3, 2, 1, 0]],
    ['two that were pinned at once in either order', [6, 7, 5, 4, 3, 2, 1, 0]],
  ])('finds nothing in a list with %s', (_what, listed) => {
    expect(invariantsOf(pinning(8, listed))).toEqual([])
  })
})
