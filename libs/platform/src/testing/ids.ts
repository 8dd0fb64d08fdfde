import { randomUUID } from 'node:crypto'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'

export const newUser = (): UserId => randomUUID() as UserId
export const newConversation = (): ConversationId => randomUUID() as ConversationId
export const newMessageId = (): MessageId => randomUUID() as MessageId
export const newClientId = (): ClientId => randomUUID() as ClientId
