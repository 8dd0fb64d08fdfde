import { randomUUID } from 'node:crypto'
import { limits } from '@parley/kernel/limits'
import { queries, upTo } from './chat.ts'

/** What the rows are about: Ben does all of it, who is a member of the conversation, and owns none. */
export interface World {
  readonly conversation: string
  /** Messages in it: one of Ann, one of Ben that he has deleted, and a reply of Ann in the thread of the first. */
  readonly message: string
  readonly deleted: string
  readonly reply: string
  /** A message of Ben. */
  readonly own: string
  /** A message of Ann in a conversation that Ben is not in. */
  readonly hidden: string
  /** A message of Ben in another conversation that he is in. */
  readonly elsewhere: string
}

/** How it is refused: with the error beside the data, as for what does not exist, or in the payload, about a field or none. */
type Refusal = 'beside' | 'payload' | { readonly field: string }

export type BadDeed = readonly [
  what: string,
  query: string,
  input: (world: World) => Record<string, unknown>,
  code: string,
  refusal: Refusal,
]

const payload = '{ errors { code message ... on InvalidField { field } } }'
const edit = `mutation ($input: EditMessageInput!) { editMessage(input: $input) ${payload} }`
const remove = `mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) ${payload} }`
const unreact = `mutation ($input: ReactionInput!) { removeReaction(input: $input) ${payload} }`
const pin = `mutation ($input: PinInput!) { pinMessage(input: $input) ${payload} }`
const unpin = `mutation ($input: PinInput!) { unpinMessage(input: $input) ${payload} }`
const bookmark = `mutation ($input: BookmarkInput!) { addBookmark(input: $input) ${payload} }`
const markUnread = `mutation ($input: MarkUnreadInput!) { markUnread(input: $input) ${payload} }`
const markThreadRead = `mutation ($input: MarkThreadReadInput!) { markThreadRead(input: $input) ${payload} }`
const { send, react, markRead } = queries

const once = () => ({ clientId: randomUUID() })
const here = ({ conversation: conversationId }: World) => ({ conversationId, ...once() })
const saying = (text: string) => (world: World) => ({ ...here(world), text })
const editing =
  (text: string) =>
  ({ own }: World) => ({ messageId: own, text, ...once() })
const upToLine =
  (line: number) =>
  ({ conversation }: World) => ({ conversationId: conversation, line })
const fromLine =
  (line: number, revision = 0) =>
  (world: World) => ({ ...upToLine(line)(world), revision })
const inThread = (line: number) => (world: World) => ({ ...upToLine(line)(world), rootId: world.message })
const text = { field: 'text' }
const line = { field: 'line' }
const people = (count: number) => upTo(count).map(() => `<@${randomUUID()}>`)

/** Characters that are drawn as nothing, of each kind. */
const nothing = [
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u034f',
  '\u115f',
  '\u180e',
  '\u2800',
  '\ufe0f',
  '\u2028',
]

export const badDeeds: readonly BadDeed[] = [
  [
    'an edit of what another wrote',
    edit,
    ({ message }) => ({ messageId: message, text: 'Mine', ...once() }),
    'NOT_AUTHOR',
    'payload',
  ],
  [
    'an edit of what was deleted',
    edit,
    ({ deleted }) => ({ messageId: deleted, text: 'Back', ...once() }),
    'MESSAGE_DELETED',
    'payload',
  ],
  [
    'an edit of what one does not see',
    edit,
    ({ hidden }) => ({ messageId: hidden, text: 'Mine', ...once() }),
    'NOT_FOUND',
    'beside',
  ],
  [
    'an edit of what never was',
    edit,
    () => ({ messageId: randomUUID(), text: 'Mine', ...once() }),
    'NOT_FOUND',
    'beside',
  ],
  ['an edit to nothing visible', edit, editing(nothing.join('')), 'MESSAGE_EMPTY', text],
  ['an edit to 8,001 characters', edit, editing('x'.repeat(8_001)), 'MESSAGE_TOO_LONG', text],
  ['an edit to 51 mentions', edit, editing(people(limits.mentions + 1).join('')), 'TOO_MANY_MENTIONS', text],

  [
    'a deletion of what another wrote',
    remove,
    (world) => ({ ...here(world), messageId: world.message }),
    'NOT_MODERATOR',
    'payload',
  ],
  [
    'a deletion of what is elsewhere',
    remove,
    (world) => ({ ...here(world), messageId: world.elsewhere }),
    'NOT_FOUND',
    'beside',
  ],
  [
    'a deletion of what one does not see',
    remove,
    (world) => ({ ...here(world), messageId: world.hidden }),
    'NOT_FOUND',
    'beside',
  ],

  [
    'a reaction to what was deleted',
    react,
    (world) => ({ ...here(world), messageId: world.deleted, emoji: '👍' }),
    'MESSAGE_DELETED',
    'payload',
  ],
  [
    'a reaction to what is elsewhere',
    react,
    (world) => ({ ...here(world), messageId: world.elsewhere, emoji: '👍' }),
    'NOT_FOUND',
    'beside',
  ],
  [
    'a reaction that is a letter',
    react,
    (world) => ({ ...here(world), messageId: world.message, emoji: 'A' }),
    'NOT_AN_EMOJI',
    { field: 'emoji' },
  ],
  [
    'a reaction of emoji and a letter',
    react,
    (world) => ({ ...here(world), messageId: world.message, emoji: '👍a' }),
    'NOT_AN_EMOJI',
    { field: 'emoji' },
  ],
  [
    'a reaction of half a flag',
    react,
    (world) => ({ ...here(world), messageId: world.message, emoji: '🇩' }),
    'NOT_AN_EMOJI',
    { field: 'emoji' },
  ],
  [
    'a reaction of a digit',
    react,
    (world) => ({ ...here(world), messageId: world.message, emoji: '7' }),
    'NOT_AN_EMOJI',
    { field: 'emoji' },
  ],
  [
    'taking back what is no emoji',
    unreact,
    (world) => ({ ...here(world), messageId: world.message, emoji: '__proto__' }),
    'NOT_AN_EMOJI',
    { field: 'emoji' },
  ],
  [
    'taking back from what is elsewhere',
    unreact,
    (world) => ({ ...here(world), messageId: world.elsewhere, emoji: '👍' }),
    'NOT_FOUND',
    'beside',
  ],

  [
    'a pin of what was deleted',
    pin,
    (world) => ({ ...here(world), messageId: world.deleted }),
    'MESSAGE_DELETED',
    'payload',
  ],
  [
    'a pin of what is elsewhere',
    pin,
    (world) => ({ ...here(world), messageId: world.elsewhere }),
    'NOT_FOUND',
    'beside',
  ],
  [
    'an unpin of what is elsewhere',
    unpin,
    (world) => ({ ...here(world), messageId: world.elsewhere }),
    'NOT_FOUND',
    'beside',
  ],
  ['a bookmark of what was deleted', bookmark, ({ deleted }) => ({ messageId: deleted }), 'MESSAGE_DELETED', 'payload'],
  ['a bookmark of what one does not see', bookmark, ({ hidden }) => ({ messageId: hidden }), 'NOT_FOUND', 'beside'],

  [
    'a thread of a thread',
    send,
    (world) => ({ ...saying('Hm')(world), threadId: world.reply }),
    'THREAD_IN_THREAD',
    'payload',
  ],
  [
    'a reply to what was deleted',
    send,
    (world) => ({ ...saying('Hm')(world), threadId: world.deleted }),
    'MESSAGE_DELETED',
    'payload',
  ],
  [
    'a reply across conversations',
    send,
    (world) => ({ ...saying('Hm')(world), threadId: world.elsewhere }),
    'NOT_FOUND',
    'beside',
  ],
  [
    'a reply to what one does not see',
    send,
    (world) => ({ ...saying('Hm')(world), threadId: world.hidden }),
    'NOT_FOUND',
    'beside',
  ],

  ['51 people by name', send, saying(people(limits.mentions + 1).join(' ')), 'TOO_MANY_MENTIONS', text],
  ['5,000 people by name', send, saying(people(5_000).join('')), 'MESSAGE_TOO_LONG', text],
  ['10,000 people by name', send, saying(people(10_000).join('')), 'PAYLOAD_TOO_LARGE', 'beside'],
  ['200,000 characters', send, saying('x'.repeat(200_000)), 'MESSAGE_TOO_LONG', text],
  ...nothing.map((one): BadDeed => {
    const what = `only U+${one.charCodeAt(0).toString(16).padStart(4, '0')}`
    return [what, send, saying(one.repeat(100)), 'MESSAGE_EMPTY', text]
  }),

  ['reading beyond the head', markRead, upToLine(1_000), 'CURSOR_AHEAD', line],
  ['reading up to 2³¹ - 1', markRead, upToLine(2 ** 31 - 1), 'CURSOR_AHEAD', line],
  ['reading a negative line', markRead, upToLine(-1), 'INVALID_INPUT', line],
  ['reading with a revision to come', markRead, fromLine(1, 9), 'CURSOR_AHEAD', { field: 'revision' }],
  ['reading with a negative revision', markRead, fromLine(1, -1), 'INVALID_INPUT', { field: 'revision' }],
  ['unread from line 0', markUnread, fromLine(0), 'INVALID_INPUT', line],
  ['unread from a negative line', markUnread, fromLine(-(2 ** 31)), 'INVALID_INPUT', line],
  ['unread from beyond the head', markUnread, fromLine(2 ** 31 - 1), 'CURSOR_AHEAD', line],
  ['unread with a revision to come', markUnread, fromLine(1, 2 ** 31 - 1), 'CURSOR_AHEAD', { field: 'revision' }],
  ['unread with a negative revision', markUnread, fromLine(1, -1), 'INVALID_INPUT', { field: 'revision' }],
  ['reading a thread beyond its end', markThreadRead, inThread(2), 'CURSOR_AHEAD', line],
  ['reading a thread before its start', markThreadRead, inThread(-1), 'INVALID_INPUT', line],
  [
    'reading the thread of a reply',
    markThreadRead,
    (world) => ({ ...inThread(1)(world), rootId: world.reply }),
    'THREAD_IN_THREAD',
    'payload',
  ],
  [
    'reading a thread of elsewhere',
    markThreadRead,
    (world) => ({ ...inThread(1)(world), rootId: world.elsewhere }),
    'NOT_FOUND',
    'beside',
  ],
]
