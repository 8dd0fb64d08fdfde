import { Injectable } from '@nestjs/common'
import { type UserId, userId } from '@parley/kernel/ids'
import { RequestClient } from '@parley/platform/kafka/request-client'
import { UserOwner } from '../application/user-owner'

@Injectable()
export class KafkaUserOwner extends UserOwner {
  constructor(private readonly requests: RequestClient) {
    super()
  }

  override async existing(ids: readonly UserId[]): Promise<readonly UserId[]> {
    const [key] = ids
    if (key === undefined) return []
    const { userIds } = await this.requests.request('parley.user.exist', key, { userIds: [...ids] })
    return userIds.map(userId)
  }
}
