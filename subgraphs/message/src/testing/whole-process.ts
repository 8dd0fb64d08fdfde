import { randomUUID } from 'node:crypto'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { Connection } from '@parley/platform/mongo/mongo.module'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { newClientId } from '@parley/platform/testing/ids'
import { DeleteMessage } from '../application/delete-message'
import { EditMessage } from '../application/edit-message'
import { ForwardMessage, ForwardMessageHandler } from '../application/forward-message'
import { MarkRead, MarkReadHandler } from '../application/mark-read'
import { MarkThreadRead, MarkThreadReadHandler } from '../application/mark-thread-read'
import { MarkUnread, MarkUnreadHandler } from '../application/mark-unread'
import { RecordConversationChange, RecordConversationChangeHandler } from '../application/record-conversation-change'
import { SendMessage } from '../application/send-message'
import {
  MuteConversation,
  MuteConversationHandler,
  UnmuteConversation,
  UnmuteConversationHandler,
} from '../application/set-mute'
import { SetPin } from '../application/set-pin'
import { SetReaction } from '../application/set-reaction'
import type { TimelineFact } from '../domain/timeline-event'
import { logParts, silentProducer } from './log-parts'
import { mentionedPeople } from './mentioned-people'
import { useCasesOn } from './use-cases'

/** A reply to this message, in its thread. */
export interface InThread {
  readonly rootId: MessageId
  readonly alsoInConversation: boolean
}

/** All that people can do, in one process on MongoDB, with Kafka that takes everything; these people can be mentioned. */
export function wholeProcess(connection: Connection, people: readonly UserId[]) {
  const channels = new MemoryChannels()
  const onLog = logParts(connection, { producer: silentProducer(), channels })
  const mentioned = mentionedPeople(people, (ids) => Promise.resolve(ids.slice(0, 2)), onLog.inbox)
  const company = { roleOf: () => Promise.resolve('owner' as const), people: mentioned }
  const parts = useCasesOn(onLog, company)
  const { log, inbox, threads, receiptPrivacy, admission, current } = parts
  const read = new MarkReadHandler(admission, log, inbox, receiptPrivacy, channels)
  const unread = new MarkUnreadHandler(admission, log, inbox, channels)
  const readThread = new MarkThreadReadHandler(admission, current, threads, channels)
  const forward = new ForwardMessageHandler(admission, log, current)
  const mute = new MuteConversationHandler(admission, inbox, channels)
  const unmute = new UnmuteConversationHandler(admission, inbox, channels)
  const record = new RecordConversationChangeHandler(log, inbox, channels)
  const now = () => ({ clientId: newClientId(), at: new Date() })
  return {
    ...parts,
    send: (
      conversationId: ConversationId,
      authorId: UserId,
      text: string,
      reply: InThread | null = null,
      replyToId: MessageId | null = null,
    ) => {
      const messageId = randomUUID() as MessageId
      return parts.sender.execute(
        new SendMessage({ conversationId, authorId, messageId, text, reply, replyToId, ...now() }),
      )
    },
    forward: (conversationId: ConversationId, authorId: UserId, sourceId: MessageId) => {
      const messageId = randomUUID() as MessageId
      return forward.execute(new ForwardMessage({ conversationId, authorId, messageId, sourceId, ...now() }))
    },
    mute: (conversationId: ConversationId, userId: UserId, isMuted: boolean) =>
      isMuted
        ? mute.execute(new MuteConversation(conversationId, userId, null, new Date()))
        : unmute.execute(new UnmuteConversation(conversationId, userId)),
    edit: (messageId: MessageId, editorId: UserId, text: string) =>
      parts.editor.execute(new EditMessage({ messageId, editorId, text, ...now() })),
    remove: (conversationId: ConversationId, messageId: MessageId, actorId: UserId) =>
      parts.remover.execute(new DeleteMessage({ conversationId, messageId, actorId, ...now() })),
    pin: (conversationId: ConversationId, messageId: MessageId, userId: UserId, isPinned: boolean) =>
      parts.pinner.execute(new SetPin({ conversationId, messageId, userId, isPinned, ...now() })),
    react: (conversationId: ConversationId, messageId: MessageId, userId: UserId, isAdded: boolean) =>
      parts.reactor.execute(new SetReaction({ conversationId, messageId, userId, emoji: '👍', isAdded, ...now() })),
    markRead: (conversationId: ConversationId, userId: UserId, line: number, revision?: number) =>
      read.execute(new MarkRead(conversationId, userId, line, revision)),
    markUnread: (conversationId: ConversationId, userId: UserId, line: number, revision: number) =>
      unread.execute(new MarkUnread(conversationId, userId, line, revision)),
    markThreadRead: (conversationId: ConversationId, rootId: MessageId, userId: UserId, line: number) =>
      readThread.execute(new MarkThreadRead(conversationId, rootId, userId, line)),
    /** An event that the conversation subgraph tells. */
    record: (conversationId: ConversationId, actorId: UserId, fact: TimelineFact, concerned: readonly UserId[]) =>
      record.execute(new RecordConversationChange({ ...fact, conversationId, actorId, ...now() }, concerned)),
    /** When it resolves, everything that this process has written is projected. */
    settle: () => parts.publication.onModuleDestroy(),
    /** Relays everything that waits, if no other process does. */
    relayAll: async () => {
      await parts.publication.onModuleDestroy()
      while ((await parts.relay.relayEvents()) > 0);
    },
  }
}

export type WholeProcess = ReturnType<typeof wholeProcess>
