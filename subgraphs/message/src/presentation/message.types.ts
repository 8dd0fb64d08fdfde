import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql'
import { limits } from '@parley/kernel/limits'
import { NodeType } from '@parley/platform/graphql/node'
import { DateTimeResolver } from 'graphql-scalars'
import type { Message } from '../domain/message'
import { ConversationReference, UserReference } from './entity-references'
import { MentionsType, mentionsView } from './mention.types'
import { ReactionType, reactionView } from './reaction.types'
import { MessageThreadType, messageThreadView } from './thread.types'

@ObjectType('Message', {
  implements: () => [NodeType],
  description: 'A message in a conversation, in its current state.',
})
@Directive('@key(fields: "id")')
export class MessageType {
  @Field(() => ID, { description: 'Unique and never reused.' })
  id!: string

  @Field(() => ID, { description: 'The id of its conversation.' })
  conversationId!: string

  @Field(() => ConversationReference, {
    nullable: true,
    description: 'Its conversation; null when a selected field of it is unavailable.',
  })
  conversation!: ConversationReference

  @Field(() => Int, { description: 'Its place in the conversation: the seq of the event that sent it.' })
  seq!: number

  @Field(() => Int, {
    nullable: true,
    description:
      'The line of the conversation that it makes, counted from 1 without a gap; null for a reply that is only in its thread.',
  })
  line!: number | null

  @Field(() => Int, {
    description: 'The seq of the last event that changed it: of two states of a message the higher one is the newer.',
  })
  version!: number

  @Field(() => ID, { description: 'The client id of the send: identifies the local echo of an own message.' })
  clientId!: string

  @Field(() => ID, { description: 'The id of the author.' })
  authorId!: string

  @Field(() => UserReference, { nullable: true, description: 'The author; null while accounts are unavailable.' })
  author!: UserReference

  @Field(() => String, {
    description: `The text, in the subset of Markdown of docs/text.md: 1 to ${limits.messageLength.toLocaleString('en')} characters; empty when it was deleted.`,
  })
  text!: string

  @Field(() => DateTimeResolver, { description: 'When the server accepted it.' })
  sentAt!: Date

  @Field(() => DateTimeResolver, {
    nullable: true,
    description: 'When its author last changed the text; null when it is as it was sent.',
  })
  editedAt!: Date | null

  @Field(() => Int, { description: 'How often its author has changed the text.' })
  editCount!: number

  @Field(() => [ReactionType], {
    description: `The emoji that people reacted with, in the order of their first one: at most ${limits.reactions.perMessage}.`,
  })
  @Directive('@listSize(assumedSize: 3)')
  reactions!: ReactionType[]

  @Field(() => DateTimeResolver, { nullable: true, description: 'When it was deleted; null when it was not.' })
  deletedAt!: Date | null

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the user who deleted it: its author, or a moderator. Null when it was not deleted.',
  })
  deletedById!: string | null

  @Field(() => UserReference, {
    nullable: true,
    description: 'The user who deleted it; null when it was not deleted, and while accounts are unavailable.',
  })
  deletedBy!: UserReference | null

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the message whose thread it is a reply in; null when it is in no thread.',
  })
  threadId!: string | null

  @Field(() => Int, {
    nullable: true,
    description: 'Its line in that thread, counted from 1 without a gap; null when it is in no thread.',
  })
  threadLine!: number | null

  @Field(() => MessageThreadType, { nullable: true, description: 'Its thread; null when nobody has replied.' })
  thread!: MessageThreadType | null

  @Field(() => DateTimeResolver, { nullable: true, description: 'When it was pinned; null when it is not.' })
  pinnedAt!: Date | null

  @Field(() => ID, { nullable: true, description: 'The id of the user who pinned it; null when it is not pinned.' })
  pinnedById!: string | null

  @Field(() => UserReference, {
    nullable: true,
    description: 'The user who pinned it; null when it is not pinned, and while accounts are unavailable.',
  })
  pinnedBy!: UserReference | null

  @Field(() => MentionsType, { nullable: true, description: 'Whom it mentions; null when it mentions nobody.' })
  mentions!: MentionsType | null

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the message that it quotes, of the same conversation; null when it quotes none.',
  })
  replyToId!: string | null

  @Field(() => MessageType, {
    nullable: true,
    description:
      'The message that it quotes, in its current state: with another text once it was edited, without one when it was deleted. Later changes of it are events of its own. Null when it quotes none.',
  })
  replyTo?: MessageType | null

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the user who wrote the text, when it was forwarded; null when its author wrote it.',
  })
  forwardedFromId!: string | null

  @Field(() => UserReference, {
    nullable: true,
    description: 'The user who wrote the text; null when its author did, and while accounts are unavailable.',
  })
  forwardedFrom!: UserReference | null
}

/** Whitelists the fields of a message, one by one. `quoted`: the message that it quotes, where it is known already. */
export const messageView = (message: Message, quoted?: Message): MessageType => ({
  id: message.id,
  conversationId: message.conversationId,
  conversation: { id: message.conversationId },
  seq: message.seq,
  line: message.line,
  version: message.version,
  clientId: message.clientId,
  authorId: message.authorId,
  author: { id: message.authorId },
  text: message.text,
  sentAt: message.sentAt,
  editedAt: message.editedAt,
  editCount: message.editCount,
  reactions: message.reactions.map(reactionView),
  deletedAt: message.deletedAt,
  deletedById: message.deletedBy,
  deletedBy: message.deletedBy === null ? null : { id: message.deletedBy },
  threadId: message.threadId,
  threadLine: message.threadLine,
  pinnedAt: message.pinnedAt,
  pinnedById: message.pinnedBy,
  pinnedBy: message.pinnedBy === null ? null : { id: message.pinnedBy },
  mentions: message.mentions === null ? null : mentionsView(message.mentions),
  thread: message.thread === null ? null : messageThreadView(message.thread),
  replyToId: message.replyToId,
  ...(quoted === undefined ? {} : { replyTo: messageView(quoted) }),
  forwardedFromId: message.forwardedFromId,
  forwardedFrom: message.forwardedFromId === null ? null : { id: message.forwardedFromId },
})
