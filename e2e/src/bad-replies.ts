import { randomUUID } from 'node:crypto'
import type { BadDeed, World } from './bad-deeds.ts'
import { queries } from './chat.ts'

const forward =
  'mutation ($input: ForwardMessageInput!) { forwardMessage(input: $input) { errors { code message ... on InvalidField { field } } } }'

/** A message that quotes another one, in the conversation or in a thread. */
const quoting =
  (quoted: (world: World) => string, root?: (world: World) => string) =>
  (world: World): Record<string, unknown> => ({
    conversationId: world.conversation,
    clientId: randomUUID(),
    text: 'Hm',
    replyToId: quoted(world),
    ...(root === undefined ? {} : { threadId: root(world) }),
  })
const forwarding =
  (source: (world: World) => string, to = ({ conversation }: World) => conversation) =>
  (world: World): Record<string, unknown> => ({
    messageId: source(world),
    conversationId: to(world),
    clientId: randomUUID(),
  })
const unknown = () => randomUUID()
const quote = { field: 'replyToId' }
const { send } = queries

/** What may be neither quoted nor forwarded. */
export const badReplies: readonly BadDeed[] = [
  ['a quote across conversations', send, quoting(({ elsewhere }) => elsewhere), 'NOT_IN_CONVERSATION', quote],
  ['a quote of what one does not see', send, quoting(({ hidden }) => hidden), 'NOT_IN_CONVERSATION', quote],
  ['a quote of what never was', send, quoting(unknown), 'NOT_IN_CONVERSATION', quote],
  ['a quote of what was deleted', send, quoting(({ deleted }) => deleted), 'MESSAGE_DELETED', quote],
  ['a quote of what is only in a thread', send, quoting(({ reply }) => reply), 'NOT_IN_LIST', quote],
  [
    'a quote in a thread of what is not in it',
    send,
    quoting(
      ({ own }) => own,
      ({ message }) => message,
    ),
    'NOT_IN_LIST',
    quote,
  ],
  ['a quote of half a character', send, quoting(() => '\uD83D'), 'INVALID_INPUT', 'payload'],
  ['a quote of an operator', send, quoting(() => '{"$ne":null}'), 'INVALID_INPUT', 'payload'],

  ['a forward of what one does not see', forward, forwarding(({ hidden }) => hidden), 'NOT_FOUND', 'beside'],
  ['a forward of what never was', forward, forwarding(unknown), 'NOT_FOUND', 'beside'],
  ['a forward of what was deleted', forward, forwarding(({ deleted }) => deleted), 'MESSAGE_DELETED', 'payload'],
  ['a forward to where one is not', forward, forwarding(({ message }) => message, unknown), 'NOT_FOUND', 'beside'],
  ['a forward of half a character', forward, forwarding(() => '\uDC00'), 'INVALID_INPUT', 'payload'],
]
