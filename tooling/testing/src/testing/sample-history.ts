import type { Entry, MessageState, Operation, OperationOf, Wish } from '../history.ts'
import { unsent } from '../message-model.ts'

export const conversation = 'room'

export const entry = (
  seq: number,
  line: number | null,
  kind: string,
  actor: string,
  more: Partial<Entry> = {},
): Entry => ({
  seq,
  line,
  id: `${kind} at ${seq}`,
  actor,
  clientId: null,
  kind,
  about: null,
  ...more,
})
export const sending = (seq: number, line: number | null, id: string, actor: string): Entry =>
  entry(seq, line, 'MessageSent', actor, { id, clientId: `send ${id}`, about: id })

/** Ada writes, Bob replies twice and pins, Ada mentions all, Bob removes Cid and lets him in again. */
export const log: readonly Entry[] = [
  sending(1, 1, 'root', 'ada'),
  sending(2, null, 'reply', 'bob'),
  sending(3, 2, 'shown reply', 'ada'),
  entry(4, null, 'MessagePinned', 'bob', { about: 'root', pins: 1 }),
  sending(5, 3, 'call', 'ada'),
  entry(6, 4, 'MemberLeft', 'ada', { member: 'cid' }),
  sending(7, 5, 'secret', 'ada'),
  entry(8, 6, 'MemberJoined', 'ada', { member: 'cid' }),
]
export const rootAfter = (
  lines: number,
  participants: readonly string[],
  more: Partial<MessageState> = {},
): MessageState => ({
  ...unsent,
  text: 'one',
  thread: { lines, replies: lines, participants },
  ...more,
})
export const reply: MessageState = { ...unsent, text: 'two', isInList: false, reply: { root: 'root', line: 1 } }
export const call: MessageState = { ...unsent, text: 'four @all', mentions: { users: ['bob'], all: true, here: false } }

export const asked = (id: string, user: string, wish: Wish, ms = 0): Operation => ({
  op: 'asked',
  call: id,
  conversation,
  user,
  wish,
  ms,
})
export const accepted = (id: string, seq: number | null): Operation => ({ op: 'accepted', call: id, seq })
export const refused = (id: string, code: string): Operation => ({ op: 'refused', call: id, code })
export const saw = (
  message: string,
  version: number,
  state: MessageState,
  viewer = 'bob',
  seq = version,
): Operation => ({
  op: 'saw',
  conversation,
  viewer,
  where: 'page',
  since: 0,
  seq,
  message,
  version,
  state,
})
const opened = (stream: string, viewer: string, after: number): Operation => ({
  op: 'opened',
  stream,
  conversation,
  viewer,
  after,
})
export const delivered = (stream: string, seq: number, ms: number): Operation => ({
  op: 'delivered',
  stream,
  entry: log[seq - 1] as Entry,
  ms,
})
export const page = (viewer: string, ms: number): Operation => ({
  op: 'page',
  conversation,
  viewer,
  since: 0,
  headSeq: 7,
  ms,
})
export const readBack = (viewer: string, entries = log): Operation => ({
  op: 'read-back',
  conversation,
  viewer,
  headSeq: entries.length,
  entries,
})
export const bookmarks = (viewer: string, messages: readonly string[], since: number): Operation => ({
  op: 'bookmarks',
  viewer,
  since,
  conversation: null,
  messages,
})
export const bookmarked = (viewer: string, message: string, isSet = true, isSure = true): Operation => ({
  op: 'bookmarked',
  viewer,
  message,
  isSet,
  isSure,
})
export const marked = (viewer: string, line: number, isBack: boolean, revision: number): Operation => ({
  op: 'marked',
  conversation,
  viewer,
  line,
  isBack,
  revision,
})
export const position = (viewer: string, readLine: number, revision: number): Operation => ({
  op: 'position',
  conversation,
  viewer,
  since: 1_000,
  readLine,
  revision,
})
export const pinned = (messages: readonly string[], count = messages.length): Operation => ({
  op: 'pinned',
  conversation,
  viewer: 'bob',
  count,
  messages,
})
export const unread = (viewer: string, readLine: number, count: number, mentions: number): Operation => ({
  op: 'unread',
  conversation,
  viewer,
  readLine,
  unread: count,
  mentions,
})
export const thread = (more: Partial<OperationOf<'thread'>> = {}): Operation => ({
  op: 'thread',
  root: 'root',
  viewer: 'bob',
  since: 1_000,
  lines: [1, 2],
  replies: ['reply', 'shown reply'],
  readLine: 1,
  unread: 1,
  isFollowed: true,
  isQuiet: true,
  ...more,
})

const before: readonly Operation[] = [
  ...['ada', 'bob', 'cid'].map((user): Operation => ({ op: 'joined', conversation, user, seq: 0 })),
  asked('send root', 'ada', { kind: 'MessageSent', about: null, text: 'one' }),
  accepted('send root', 1),
  asked('send reply', 'bob', {
    kind: 'MessageSent',
    about: null,
    text: 'two',
    reply: { root: 'root', alsoInConversation: false },
  }),
  accepted('send reply', 2),
  asked('send shown reply', 'ada', {
    kind: 'MessageSent',
    about: null,
    text: 'three',
    reply: { root: 'root', alsoInConversation: true },
  }),
  accepted('send shown reply', 3),
  saw('root', 3, rootAfter(2, ['bob', 'ada'])),
  saw('reply', 2, reply),
  asked('pin', 'bob', { kind: 'MessagePinned', about: 'root' }),
  accepted('pin', 4),
  asked('send call', 'ada', {
    kind: 'MessageSent',
    about: null,
    text: 'four @all',
    mentions: { users: ['bob'], all: true, here: false },
  }),
  accepted('send call', 5),
  saw('root', 4, rootAfter(2, ['bob', 'ada'], { pinnedBy: 'bob' })),
  saw('call', 5, call),
  marked('bob', 3, false, 0),
  marked('bob', 2, true, 0),
  position('bob', 1, 1),
  { op: 'marked-thread', root: 'root', viewer: 'bob', line: 1 },
  bookmarked('bob', 'root'),
  bookmarks('bob', ['root'], 1_000),
  bookmarks('ada', [], 1_000),
]
const during: readonly Operation[] = [
  opened('cid#1', 'cid', 5),
  asked('remove', 'ada', { kind: 'MemberLeft', about: null, member: 'cid' }),
  accepted('remove', null),
  delivered('cid#1', 6, 1_000),
  asked('send secret', 'ada', { kind: 'MessageSent', about: null, text: 'five' }),
  accepted('send secret', 7),
]
const after: readonly Operation[] = [
  asked('add', 'ada', { kind: 'MemberJoined', about: null, member: 'cid' }),
  accepted('add', null),
  opened('cid#2', 'cid', 6),
  delivered('cid#2', 7, 9_000),
  delivered('cid#2', 8, 9_000),
  pinned(['root']),
  unread('bob', 1, 5, 1),
  thread(),
  readBack('ada'),
  readBack('bob'),
]
export const sound = [...before, ...during, ...after]
export const plus = (...operations: readonly Operation[]): readonly Operation[] => [...sound, ...operations]
export const out = (...operations: readonly Operation[]): readonly Operation[] => [
  ...before,
  ...during,
  ...operations,
  ...after,
]
export const withLog = (change: (entries: Entry[]) => readonly Entry[]): readonly Operation[] =>
  sound.map((one) => (one.op === 'read-back' ? readBack(one.viewer, change([...log])) : one))
