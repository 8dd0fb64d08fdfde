import { Injectable } from '@nestjs/common'
import { fold } from '@parley/kernel/decider'
import type { ConversationId } from '@parley/kernel/ids'
import { type Database, InjectDatabase, type Transaction } from '@parley/platform/postgres/database'
import { handleCommand, readStream } from '@parley/platform/postgres/event-store'
import { addToOutbox } from '@parley/platform/postgres/outbox'
import { Conversations, type DescribedConversation, type Metadata } from '../application/conversations'
import { type ConversationCommand, conversationFold } from '../domain/conversation'
import { toIntegrationEvent } from './integration-events'
import { storedConversation } from './stored-events'
import { project, type RecordedConversationEvent } from './projections'

@Injectable()
export class PostgresConversations extends Conversations {
  constructor(@InjectDatabase() private readonly db: Database) {
    super()
  }

  override async handle(id: ConversationId, command: ConversationCommand, by: Metadata): Promise<void> {
    await handleCommand(this.db, storedConversation, id, command, by, publish)
  }

  override async describe(id: ConversationId): Promise<DescribedConversation | null> {
    const recorded = await readStream(this.db, storedConversation, id)
    const conversation = fold(
      conversationFold,
      recorded.map(({ event }) => event),
    )
    return conversation === null ? null : { conversation, version: recorded.length }
  }
}

async function publish(tx: Transaction, recorded: readonly RecordedConversationEvent[]): Promise<void> {
  await project(tx, recorded)
  await addToOutbox(tx, ...recorded.map(toIntegrationEvent))
}
