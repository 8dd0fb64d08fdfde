import type { TextMentions } from '@parley/text/mentions'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ClientId, MessageId, UserId } from '@parley/kernel/ids'
import { edit } from '../domain/changes'
import { isErased } from '../domain/message'
import { alone, type Company, mayMention, mentionsOf, namedIn } from '../domain/mentions'
import { messageText } from '../domain/message-text'
import {
  editedOtherwise,
  isOwnText,
  mayChange,
  mayEdit,
  messageIsDeleted,
  onlyAuthorsEdit,
  wordsOfOthers,
} from '../domain/policy'
import { ChangeMessage } from './change-message'
import { CurrentMessages, type EventNow } from './current-messages'
import { MentionedPeople } from './mentioned-people'

export class EditMessage extends Command<EventNow> {
  constructor(
    readonly input: {
      readonly messageId: MessageId
      readonly editorId: UserId
      readonly clientId: ClientId
      readonly text: string
      readonly at: Date
    },
  ) {
    super()
  }
}

@CommandHandler(EditMessage)
export class EditMessageHandler implements ICommandHandler<EditMessage> {
  constructor(
    private readonly change: ChangeMessage,
    private readonly messages: CurrentMessages,
    private readonly people: MentionedPeople,
  ) {}

  async execute({ input }: EditMessage): Promise<EventNow> {
    const { messageId, editorId: actorId, clientId, at } = input
    const text = messageText(input.text)
    const named = namedIn(text)
    const company = await this.#companyOf(messageId, actorId, named)
    const event = await this.change.execute({ messageId, actorId, clientId }, (message) => {
      if (!mayEdit(message, actorId)) throw onlyAuthorsEdit()
      if (!mayChange(message)) throw messageIsDeleted()
      if (!isOwnText(message)) throw wordsOfOthers()
      const fact = edit(message, text, mentionsOf(named, company, message.mentions))
      return { ...fact, conversationId: message.conversationId, actorId, clientId, at }
    })
    const isThisEdit =
      event.type === 'MessageEdited' &&
      event.data.messageId === messageId &&
      (event.data.state.text === text || isErased(event))
    if (!isThisEdit) throw editedOtherwise()
    return this.messages.asOfNow(event)
  }

  /** Nobody is asked for a text that names nobody, nor about a message that cannot be edited. */
  async #companyOf(messageId: MessageId, authorId: UserId, named: TextMentions): Promise<Company> {
    const [message] = mayMention(named) ? await this.messages.byId([messageId]) : []
    if (message?.authorId !== authorId) return alone(authorId)
    return this.people.company(named, message.conversationId, authorId, message.mentions)
  }
}
