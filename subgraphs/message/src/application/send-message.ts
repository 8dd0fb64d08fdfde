import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { inThread } from '../domain/changes'
import { isErased, type Message } from '../domain/message'
import { mentionsOf, namedIn } from '../domain/mentions'
import { messageText } from '../domain/message-text'
import {
  mayChange,
  mayHaveThread,
  mayQuote,
  noSuchQuote,
  quoteIsDeleted,
  quoteIsElsewhere,
  sentOtherwise,
  threadInThread,
  threadIsClosed,
} from '../domain/policy'
import { type TimelineEntry, type TimelineEvent, threadPlaceOf } from '../domain/timeline-event'
import { Admission } from './admission'
import { appendOnce } from './append-once'
import { ChangeMessage } from './change-message'
import { asItHappened, CurrentMessages, type EventNow } from './current-messages'
import { MentionedPeople } from './mentioned-people'
import { TimelineLog } from './timeline-log'

interface Input {
  readonly conversationId: ConversationId
  readonly authorId: UserId
  readonly clientId: ClientId
  readonly text: string
  readonly messageId: MessageId
  readonly at: Date
  /** A reply in the thread of a message; null for a message in the conversation's own list. */
  readonly reply: { readonly rootId: MessageId; readonly alsoInConversation: boolean } | null
  /** The message that it quotes; null for none. */
  readonly replyToId: MessageId | null
}

export class SendMessage extends Command<EventNow> {
  constructor(readonly input: Input) {
    super()
  }
}

@CommandHandler(SendMessage)
export class SendMessageHandler implements ICommandHandler<SendMessage> {
  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
    private readonly change: ChangeMessage,
    private readonly messages: CurrentMessages,
    private readonly people: MentionedPeople,
  ) {}

  async execute({ input }: SendMessage): Promise<EventNow> {
    const { conversationId, authorId: actorId, clientId, messageId, reply, replyToId, at } = input
    const text = messageText(input.text)
    const named = namedIn(text)
    await this.admission.assertMember(conversationId, actorId)
    const [company, quoted] = await Promise.all([
      this.people.company(named, conversationId, actorId),
      this.messages.byId(replyToId === null ? [] : [replyToId]),
    ])
    const mentions = mentionsOf(named, company)
    const data = { messageId, text, ...(mentions === null ? {} : { mentions }) }
    const sending = { type: 'MessageSent', data, conversationId, actorId, clientId, at } as const
    const quoting = (rootId: MessageId | null) =>
      replyToId === null ? sending : withQuote(sending, quoted[0] ?? null, rootId)
    const event =
      reply === null
        ? await appendOnce(this.log, sending, () => quoting(null))
        : await this.change.execute({ messageId: reply.rootId, conversationId, actorId, clientId }, (root) =>
            replying(quoting(root.id), root, reply.alsoInConversation),
          )
    if (!isThis(event, { ...input, text })) throw sentOtherwise()
    // Sent before: it may have changed since.
    return messageId === event.data.messageId ? asItHappened(event) : this.messages.asOfNow(event)
  }
}

type Sending = Extract<TimelineEntry, { type: 'MessageSent' }>
type Sent = Extract<TimelineEvent, { type: 'MessageSent' }>

/** Decided on the root, whose summary of the thread the reply changes: so the lines of a thread have no gap either. */
function replying(sending: Sending, root: Message, alsoInConversation: boolean): Sending {
  if (!mayHaveThread(root)) throw threadInThread()
  if (!mayChange(root)) throw threadIsClosed()
  return inThread(sending, root, alsoInConversation)
}

/** What it quotes is in the same list. Only the id is kept: whoever reads it sees the quoted message as it is then. */
function withQuote(sending: Sending, quoted: Message | null, rootId: MessageId | null): Sending {
  if (quoted?.conversationId !== sending.conversationId) throw noSuchQuote()
  if (!mayChange(quoted)) throw quoteIsDeleted()
  if (!mayQuote(quoted, rootId)) throw quoteIsElsewhere()
  return { ...sending, data: { ...sending.data, replyToId: quoted.id } }
}

/** A client id is for one text in one place, with one quote. */
function isThis(event: TimelineEvent, { text, reply, replyToId }: Input): event is Sent {
  if (event.type !== 'MessageSent') return false
  const place = threadPlaceOf(event)
  const isThere =
    place?.rootId === reply?.rootId && (place?.alsoInConversation ?? false) === (reply?.alsoInConversation ?? false)
  const { text: said, replyToId: quotedId = null, sourceId = null } = event.data
  return isThere && (isErased(event) || (said === text && quotedId === replyToId && sourceId === null))
}
