import { Controller } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import type { ReplyOf } from '@parley/contracts/requests'
import { userId } from '@parley/kernel/ids'
import { OnRequest } from '@parley/platform/kafka/decorators'
import { parseRequest } from '@parley/platform/kafka/parse-request'
import { GetUsers } from '../application/get-users'
import { OnlinePeople } from '../application/online-people'

/** Answers requests of the other subgraphs. */
@Controller()
export class UserRequestsController {
  constructor(private readonly queries: QueryBus) {}

  @OnRequest('parley.user.exist')
  async exist(@Ctx() context: KafkaContext): Promise<ReplyOf<'parley.user.exist'>> {
    const { userIds } = parseRequest('parley.user.exist', context)
    const users = await this.queries.execute(new GetUsers([...new Set(userIds.map(userId))]))
    return { userIds: users.flatMap((user) => (user === null ? [] : [user.id])) }
  }

  @OnRequest('parley.user.online')
  async online(@Ctx() context: KafkaContext): Promise<ReplyOf<'parley.user.online'>> {
    const { userIds } = parseRequest('parley.user.online', context)
    const ids = [...new Set(userIds.map(userId))]
    return { userIds: [...(await this.queries.execute(new OnlinePeople(ids, new Date())))] }
  }
}
