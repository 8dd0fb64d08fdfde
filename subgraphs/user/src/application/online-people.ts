import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { stateOf } from '../domain/presence'
import { PresenceRecords } from './presence-records'

/** Those of these people who use a device now. For other subgraphs, which tell nobody: what people hide is in it. */
export class OnlinePeople extends Query<readonly UserId[]> {
  constructor(
    readonly ids: readonly UserId[],
    readonly at: Date,
  ) {
    super()
  }
}

@QueryHandler(OnlinePeople)
export class OnlinePeopleHandler implements IQueryHandler<OnlinePeople> {
  constructor(private readonly records: PresenceRecords) {}

  async execute({ ids, at }: OnlinePeople): Promise<readonly UserId[]> {
    const records = await this.records.read(ids)
    return ids.filter((_, index) => {
      const record = records[index]
      return record !== undefined && stateOf(record, at.getTime()) === 'online'
    })
  }
}
