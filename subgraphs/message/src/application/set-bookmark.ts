import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { MessageId, UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import { type Bookmark, isFull, withBookmark, withoutBookmarks } from '../domain/bookmarks'
import { mayChange, messageIsDeleted, noSuchMessage } from '../domain/policy'
import { Admission } from './admission'
import { Bookmarks } from './bookmarks'
import { bookmarksChanged, liveChannels } from './channels'
import { CurrentMessages } from './current-messages'

/** Adds a bookmark; one that is there already stays as it is. */
export class AddBookmark extends Command<void> {
  constructor(
    readonly userId: UserId,
    readonly messageId: MessageId,
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(AddBookmark)
export class AddBookmarkHandler implements ICommandHandler<AddBookmark> {
  constructor(
    private readonly admission: Admission,
    private readonly messages: CurrentMessages,
    private readonly bookmarks: Bookmarks,
    private readonly channels: Channels,
  ) {}

  async execute({ userId, messageId, at }: AddBookmark): Promise<void> {
    const [message] = await this.messages.byId([messageId])
    const isVisible = message !== undefined && (await this.admission.maySee(message.conversationId, userId))
    if (!isVisible) throw noSuchMessage()
    if (!mayChange(message)) throw messageIsDeleted()
    const bookmark: Bookmark = { messageId, conversationId: message.conversationId, at }
    const isChanged = await this.bookmarks.change(userId, async (list) => {
      // Where they are matters to a full list alone, and takes a query.
      const entered = isFull(list) ? await this.admission.conversationsOf(userId) : []
      const isIn = new Set([...entered, message.conversationId])
      return withBookmark(list, bookmark, (id) => isIn.has(id))
    })
    if (isChanged) await this.channels.publish(liveChannels.inbox, userId, bookmarksChanged)
  }
}

/** Removes a bookmark, also of a message that its owner does not see any more. */
export class RemoveBookmark extends Command<void> {
  constructor(
    readonly userId: UserId,
    readonly messageId: MessageId,
  ) {
    super()
  }
}

@CommandHandler(RemoveBookmark)
export class RemoveBookmarkHandler implements ICommandHandler<RemoveBookmark> {
  constructor(
    private readonly bookmarks: Bookmarks,
    private readonly channels: Channels,
  ) {}

  async execute({ userId, messageId }: RemoveBookmark): Promise<void> {
    if (await this.bookmarks.change(userId, (list) => withoutBookmarks(list, [messageId])))
      await this.channels.publish(liveChannels.inbox, userId, bookmarksChanged)
  }
}
