import { Injectable } from '@nestjs/common'
import { type UserId, userId } from '@parley/kernel/ids'
import { RequestClient } from '@parley/platform/kafka/request-client'
import { OnlinePeople } from '../application/mentioned-people'

@Injectable()
export class KafkaOnlinePeople extends OnlinePeople {
  constructor(private readonly requests: RequestClient) {
    super()
  }

  async among(userIds: readonly UserId[]): Promise<readonly UserId[]> {
    const [key] = userIds
    if (key === undefined) return []
    const reply = await this.requests.request('parley.user.online', key, { userIds: [...userIds] })
    return reply.userIds.map(userId)
  }
}
