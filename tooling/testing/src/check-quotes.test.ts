import { checkHistory } from './check-history.ts'
import type { Entry, MessageState, Operation, Wish } from './history.ts'
import { emptied, unsent } from './message-model.ts'
import { entry, sending } from './testing/sample-history.ts'
import type { Invariant } from './violation.ts'

/** Ada and Bob are in both rooms, Cid in the hall only. */
const study: readonly Entry[] = [
  sending(1, 1, 'secret', 'ada'),
  entry(2, null, 'MessageEdited', 'ada', { about: 'secret' }),
  entry(3, null, 'MessageDeleted', 'ada', { about: 'secret' }),
]
const hall: readonly Entry[] = [
  sending(1, 1, 'question', 'ada'),
  sending(2, 2, 'answer', 'bob'),
  sending(3, 3, 'forward', 'bob'),
  sending(4, 4, 'again', 'cid'),
  entry(5, null, 'MessageDeleted', 'ada', { about: 'question' }),
  sending(6, null, 'in thread', 'cid'),
]

const sent = (text: string, more: Partial<Wish> = {}): Wish => ({ kind: 'MessageSent', about: null, text, ...more })
const forward = (sourceId: string): Wish => ({ kind: 'MessageSent', about: null, sourceId })
const asked = (call: string, user: string, conversation: string, wish: Wish): Operation => ({
  op: 'asked',
  call,
  conversation,
  user,
  wish,
  ms: 0,
})
const accepted = (call: string, seq: number): Operation => ({ op: 'accepted', call, seq, ms: 1 })
const refused = (call: string, code: string): Operation => ({ op: 'refused', call, code })
const saw = (
  message: string,
  version: number,
  state: MessageState,
  { viewer = 'bob', conversation = 'hall', since = 0 } = {},
): Operation => ({ op: 'saw', conversation, viewer, where: 'page', since, seq: 0, message, version, state })
const showed = (viewer: string, words: readonly string[], since = 0): Operation => ({
  op: 'showed',
  viewer,
  since,
  words,
})
const readBack = (conversation: string, viewer: string, entries: readonly Entry[]): Operation => ({
  op: 'read-back',
  conversation,
  viewer,
  headSeq: entries.length,
  entries,
})

const question: MessageState = { ...unsent, text: 'question?' }
const answer: MessageState = { ...unsent, text: 'answer!', replyToId: 'question' }
const edited: MessageState = { ...unsent, text: 'other secret', isEdited: true, editCount: 1 }
const forwarded: MessageState = { ...unsent, text: 'other secret', forwardedFromId: 'ada' }
const reply: MessageState = {
  ...unsent,
  text: 'reply',
  isInList: false,
  replyToId: 'answer',
  reply: { root: 'answer', line: 1 },
}

const sound: readonly Operation[] = [
  ...['ada', 'bob', 'cid'].map((user): Operation => ({ op: 'joined', conversation: 'hall', user, seq: 0 })),
  ...['ada', 'bob'].map((user): Operation => ({ op: 'joined', conversation: 'study', user, seq: 0 })),
  asked('send secret', 'ada', 'study', sent('secret')),
  accepted('send secret', 1),
  asked('send question', 'ada', 'hall', sent('question?')),
  accepted('send question', 1),
  asked('send answer', 'bob', 'hall', sent('answer!', { replyToId: 'question' })),
  accepted('send answer', 2),
  saw('question', 1, question),
  saw('answer', 2, answer),
  asked('edit', 'ada', 'study', { kind: 'MessageEdited', about: 'secret', text: 'other secret' }),
  accepted('edit', 2),
  { op: 'versions', message: 'secret', viewer: 'bob', since: 15, texts: ['secret', 'other secret'] },
  asked('send forward', 'bob', 'hall', forward('secret')),
  accepted('send forward', 3),
  showed('cid', ['other']),
  asked('send again', 'cid', 'hall', forward('forward')),
  accepted('send again', 4),
  asked('delete secret', 'ada', 'study', { kind: 'MessageDeleted', about: 'secret' }),
  accepted('delete secret', 3),
  asked('delete question', 'ada', 'hall', { kind: 'MessageDeleted', about: 'question' }),
  accepted('delete question', 5),
  asked('send in thread', 'cid', 'hall', sent('reply', { replyToId: 'answer', reply: { root: 'answer', alsoInConversation: false } })), // prettier-ignore
  accepted('send in thread', 6),
  saw('secret', 3, { ...edited, ...emptied }, { conversation: 'study' }),
  saw('question', 5, { ...question, ...emptied }),
  saw('forward', 3, forwarded),
  saw('again', 4, forwarded),
  saw('in thread', 6, reply),
  saw('answer', 6, { ...answer, thread: { lines: 1, replies: 1, participants: ['cid'] } }),
  { op: 'versions', message: 'secret', viewer: 'ada', since: 29, texts: [] },
  readBack('study', 'bob', study),
  readBack('hall', 'bob', hall),
]
const plus = (...operations: readonly Operation[]): readonly Operation[] => [...sound, ...operations]
const refusedTo = (user: string, conversation: string, wish: Wish, code: string): readonly Operation[] =>
  plus(asked('more', user, conversation, wish), refused('more', code))
/** One more message of the hall. */
const andSent = (user: string, wish: Wish): readonly Operation[] =>
  plus(
    asked('send more', user, 'hall', wish),
    accepted('send more', 7),
    readBack('hall', 'ada', [...hall, sending(7, 7, 'more', user)]),
  ).filter((one) => one.op !== 'read-back' || one.conversation === 'study' || one.viewer === 'ada')

const planted: readonly { fault: string; invariant: Invariant; history: readonly Operation[] }[] = [
  { fault: 'a reply quotes another', invariant: 'I5', history: plus(saw('answer', 2, { ...answer, replyToId: 'forward' })) }, // prettier-ignore
  { fault: 'a reply has lost its quote', invariant: 'I5', history: plus(saw('answer', 2, { ...answer, replyToId: null })) }, // prettier-ignore
  { fault: 'a quote shows the text of a message that was deleted', invariant: 'I5', history: plus(saw('question', 5, question)) }, // prettier-ignore
  { fault: 'a quote shows a message as it was before its deletion', invariant: 'I1', history: plus(saw('question', 1, question, { since: sound.length })) }, // prettier-ignore
  { fault: 'a quote of another conversation', invariant: 'I5', history: andSent('bob', sent('more', { replyToId: 'secret' })) }, // prettier-ignore
  { fault: 'a quote of another list', invariant: 'I5', history: andSent('bob', sent('more', { replyToId: 'in thread' })) }, // prettier-ignore
  { fault: 'a quote of a message that was deleted before', invariant: 'I5', history: andSent('bob', sent('more', { replyToId: 'question' })) }, // prettier-ignore
  {
    fault: 'told that what is quoted is not in the conversation',
    invariant: 'I1',
    history: refusedTo('bob', 'hall', sent('more', { replyToId: 'answer' }), 'NOT_IN_CONVERSATION'),
  },
  {
    fault: 'told that what is quoted is in another list',
    invariant: 'I1',
    history: refusedTo('bob', 'hall', sent('more', { replyToId: 'answer' }), 'NOT_IN_LIST'),
  },
  {
    fault: 'told that what is quoted is deleted',
    invariant: 'I5',
    history: refusedTo('bob', 'hall', sent('more', { replyToId: 'answer' }), 'MESSAGE_DELETED'),
  },
  { fault: 'a forward has the text of before', invariant: 'I5', history: plus(saw('forward', 3, { ...forwarded, text: 'secret' })) }, // prettier-ignore
  { fault: 'a forward lost its text with its source', invariant: 'I5', history: plus(saw('forward', 3, { ...forwarded, text: '' })) }, // prettier-ignore
  { fault: 'a forward is in the name of another', invariant: 'I5', history: plus(saw('again', 4, { ...forwarded, forwardedFromId: 'bob' })) }, // prettier-ignore
  { fault: 'a forward is taken for a message of its sender', invariant: 'I5', history: plus(saw('forward', 3, { ...forwarded, forwardedFromId: null })) }, // prettier-ignore
  {
    fault: 'a forward mentions those whom its source mentions',
    invariant: 'I5',
    history: plus(saw('forward', 3, { ...forwarded, mentions: { users: ['cid'], all: false, here: false } })),
  },
  { fault: 'a forward of what one may not see', invariant: 'I7', history: andSent('cid', forward('secret')) },
  { fault: 'a forward of what was deleted before', invariant: 'I7', history: andSent('bob', forward('secret')) },
  {
    fault: 'leaked source: a text that was not forwarded is shown to one who may not see it',
    invariant: 'I7',
    history: plus(showed('cid', ['secret'])),
  },
  { fault: 'leaked source: the message itself', invariant: 'I7', history: plus(saw('secret', 2, edited, { viewer: 'cid', conversation: 'study' })) }, // prettier-ignore
  {
    fault: 'a forward was changed',
    invariant: 'I5',
    history: plus(
      asked('change', 'bob', 'hall', { kind: 'MessageEdited', about: 'forward', text: 'more' }),
      accepted('change', 7),
      readBack('hall', 'ada', [...hall, entry(7, null, 'MessageEdited', 'bob', { about: 'forward' })]),
    ).filter((one) => one.op !== 'read-back' || one.conversation === 'study' || one.viewer === 'ada'),
  },
  {
    fault: 'told that one’s own words are those of others',
    invariant: 'I1',
    history: refusedTo('bob', 'hall', { kind: 'MessageEdited', about: 'answer', text: 'more' }, 'FORWARDED'),
  },
  {
    fault: 'told that there is no source, which one may see',
    invariant: 'I1',
    history: refusedTo('ada', 'hall', forward('forward'), 'NOT_FOUND'),
  },
  { fault: 'miscounted edits', invariant: 'I5', history: plus(saw('secret', 2, { ...edited, editCount: 2 }, { conversation: 'study' })) }, // prettier-ignore
  { fault: 'swapped versions', invariant: 'I5', history: plus({ op: 'versions', message: 'secret', viewer: 'bob', since: 0, texts: ['other secret', 'secret'] }) }, // prettier-ignore
  { fault: 'a version too many', invariant: 'I5', history: plus({ op: 'versions', message: 'secret', viewer: 'bob', since: 0, texts: ['secret', 'other secret', 'other secret'] }) }, // prettier-ignore
  { fault: 'a version is missing', invariant: 'I1', history: plus({ op: 'versions', message: 'secret', viewer: 'bob', since: 20, texts: ['secret'] }) }, // prettier-ignore
]

describe('the checker of quotes, forwards and versions', () => {
  it.each([
    ['a run with each of them', sound],
    ['one more quote', andSent('bob', sent('more', { replyToId: 'answer' }))],
    ['one more forward', andSent('bob', forward('answer'))],
    ['a refusal of what one may not see', refusedTo('cid', 'hall', forward('secret'), 'NOT_FOUND')],
    ['a refusal of a forward of what was deleted', refusedTo('bob', 'hall', forward('secret'), 'MESSAGE_DELETED')],
    ['a refusal to quote what was deleted', refusedTo('bob', 'hall', sent('x', { replyToId: 'question' }), 'MESSAGE_DELETED')], // prettier-ignore
    ['a refusal to quote a reply in the list', refusedTo('bob', 'hall', sent('x', { replyToId: 'in thread' }), 'NOT_IN_LIST')], // prettier-ignore
    ['a refusal to quote another conversation', refusedTo('bob', 'hall', sent('x', { replyToId: 'secret' }), 'NOT_IN_CONVERSATION')], // prettier-ignore
    ['a refusal to change a forward', refusedTo('bob', 'hall', { kind: 'MessageEdited', about: 'forward', text: 'x' }, 'FORWARDED')], // prettier-ignore
    ['a message that was read between its edits', plus({ op: 'versions', message: 'secret', viewer: 'bob', since: 0, texts: ['secret'] })], // prettier-ignore
  ])('finds nothing in %s', (_what, history) => {
    expect(checkHistory(history)).toEqual([])
  })

  it.each(planted)('reports $invariant for $fault', ({ invariant, history }) => {
    expect(checkHistory(history).map((found) => found.invariant)).toContain(invariant)
  })
})
