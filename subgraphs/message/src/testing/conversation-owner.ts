import { randomUUID } from 'node:crypto'
import { Controller } from '@nestjs/common'
import { Ctx, KafkaContext, MessagePattern, Transport } from '@nestjs/microservices'
import { type ReplyOf, type RequestOf, requests } from '@parley/contracts/requests'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { parseRequest } from '@parley/platform/kafka/parse-request'
import { RequestClient } from '@parley/platform/kafka/request-client'
import { newConversation } from './entries'

const contract = 'parley.conversation.describe'

/** The question goes to a topic of the test's own: on the real one another test's conversation subgraph might answer first. */
export const ownTopic = `test.conversation.describe.${randomUUID()}` as typeof contract
Object.assign(requests, { [ownTopic]: requests[contract] })

export class RedirectedRequests extends RequestClient {
  override request<T extends keyof typeof requests>(topic: T, key: string, request: RequestOf<T>): Promise<ReplyOf<T>> {
    return super.request(topic === contract ? (ownTopic as T) : topic, key, request)
  }
}

const owned = new Map<string, ReplyOf<typeof contract>>()

/** A conversation that its owner tells of when it is asked; nobody has heard of it before. */
export function conversationOf(...memberIds: readonly UserId[]): ConversationId {
  const conversationId = newConversation()
  owned.set(conversationId, { conversationId, streamVersion: 1, kind: 'group', title: null, memberIds: [...memberIds] })
  return conversationId
}

@Controller()
export class TestConversationSubgraph {
  @MessagePattern<string>(ownTopic, Transport.KAFKA)
  describe(@Ctx() context: KafkaContext): ReplyOf<typeof contract> {
    return owned.get(parseRequest(contract, context).conversationId) ?? null
  }
}
