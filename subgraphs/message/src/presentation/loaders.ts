import { Injectable } from '@nestjs/common'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import DataLoader from 'dataloader'
import { Admission } from '../application/admission'
import { Bookmarks } from '../application/bookmarks'
import { type ConversationHead, ConversationHeads } from '../application/conversation-heads'
import { CurrentMessages, type NewestAsked } from '../application/current-messages'
import { Inbox, type InboxState } from '../application/inbox'
import type { BookmarkList } from '../domain/bookmarks'
import { AllMentionMarks } from '../application/mention-marks'
import { type MentionMarks, noMarks } from '../domain/mention-marks'
import type { Message } from '../domain/message'
import { unread } from '../domain/read-state'

interface Reading {
  readonly userId: UserId
  readonly conversationId: ConversationId
}

/**
 * Rows of a list need the same data in the same tick, so each kind of data is read once for all of them; nothing is
 * cached between ticks. Callers check who may see a conversation; who may see a message is checked here.
 */
@Injectable()
export class Loaders {
  readonly #heads: DataLoader<ConversationId, ConversationHead | null>
  readonly #messages: DataLoader<MessageId, Message | null>
  readonly #newest: DataLoader<NewestAsked, Message | null>
  readonly #readStates: DataLoader<Reading, InboxState>
  readonly #bookmarks: DataLoader<UserId, BookmarkList>
  readonly #marks: DataLoader<Reading, MentionMarks>

  constructor(
    private readonly admission: Admission,
    heads: ConversationHeads,
    messages: CurrentMessages,
    inbox: Inbox,
    bookmarks: Bookmarks,
    marks: AllMentionMarks,
  ) {
    this.#heads = uncached(async (ids) => {
      const found = await heads.load(ids)
      return ids.map((id) => found.get(id) ?? null)
    })
    this.#messages = uncached(async (ids) => {
      const found = new Map((await messages.byId(ids)).map((message) => [message.id, message]))
      return ids.map((id) => found.get(id) ?? null)
    })
    this.#newest = uncached((asked) => messages.newest(asked))
    this.#readStates = uncached((readings) =>
      byUser<InboxState>(readings, (userId, ids) => inbox.readStates(userId, ids), unread),
    )
    this.#marks = uncached((readings) => byUser(readings, (userId, ids) => marks.of(userId, ids), noMarks))
    this.#bookmarks = uncached(async (userIds) => {
      const users = [...new Set(userIds)]
      const lists = new Map(await Promise.all(users.map(async (id) => [id, await bookmarks.of(id)] as const)))
      return userIds.map((id) => lists.get(id) ?? [])
    })
  }

  head(conversationId: ConversationId): Promise<ConversationHead | null> {
    return this.#heads.load(conversationId)
  }

  readState(userId: UserId, conversationId: ConversationId): Promise<InboxState> {
    return this.#readStates.load({ userId, conversationId })
  }

  bookmarks(userId: UserId): Promise<BookmarkList> {
    return this.#bookmarks.load(userId)
  }

  mentionMarks(userId: UserId, conversationId: ConversationId): Promise<MentionMarks> {
    return this.#marks.load({ userId, conversationId })
  }

  /** Its state after `heardSeq` at least. */
  lastMessage(conversationId: ConversationId, heardSeq = 0): Promise<Message | null> {
    return this.#newest.load({ conversationId, heardSeq })
  }

  /** What a message quotes. Who may see a message may see this one: both are in the same conversation. */
  async quoted(id: MessageId, inConversation: ConversationId): Promise<Message | null> {
    const message = await this.#messages.load(id)
    return message?.conversationId === inConversation ? message : null
  }

  /** null for a message that does not exist, and for one that the viewer may not see. */
  async message(userId: UserId, id: MessageId): Promise<Message | null> {
    const message = await this.#messages.load(id)
    return message !== null && (await this.admission.maySee(message.conversationId, userId)) ? message : null
  }
}

const uncached = <Key, Value>(load: (keys: readonly Key[]) => Promise<readonly Value[]>) =>
  new DataLoader<Key, Value>(load, { cache: false })

/** Requests of several users may be in the same tick. */
async function byUser<Value>(
  readings: readonly Reading[],
  read: (userId: UserId, ids: readonly ConversationId[]) => Promise<ReadonlyMap<ConversationId, Value>>,
  absent: Value,
): Promise<readonly Value[]> {
  const loaded = await Promise.all(
    [...Map.groupBy(readings, ({ userId }) => userId)].map(async ([userId, asked]) => {
      const ids = asked.map(({ conversationId }) => conversationId)
      return [userId, await read(userId, ids)] as const
    }),
  )
  const values = new Map(loaded)
  return readings.map(({ userId, conversationId }) => values.get(userId)?.get(conversationId) ?? absent)
}
