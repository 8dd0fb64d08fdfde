import { Controller } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import type { ReplyOf } from '@parley/contracts/requests'
import { conversationId } from '@parley/kernel/ids'
import { OnRequest } from '@parley/platform/kafka/decorators'
import { parseRequest } from '@parley/platform/kafka/parse-request'
import { DescribeConversation } from '../application/describe-conversation'

/** Answers requests of the other subgraphs. */
@Controller()
export class ConversationRequestsController {
  constructor(private readonly queries: QueryBus) {}

  @OnRequest('parley.conversation.describe')
  async describe(@Ctx() context: KafkaContext): Promise<ReplyOf<'parley.conversation.describe'>> {
    const id = conversationId(parseRequest('parley.conversation.describe', context).conversationId)
    const described = await this.queries.execute(new DescribeConversation(id))
    if (described === null) return null
    const { kind, title, members } = described.conversation
    return {
      conversationId: id,
      streamVersion: described.version,
      kind,
      title,
      members: members.map(({ userId, role }) => ({ userId, role })),
    }
  }
}
