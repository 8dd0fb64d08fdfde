import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { noSettings, type Presence, presenceOf } from '../domain/presence'
import { AllPresenceSettings } from './presence-settings'
import { Circle } from './circle'
import { PresenceRecords } from './presence-records'

/** The presence of these people in the order of the ids; null for those whom the viewer may not see. */
export class GetPresence extends Query<readonly (Presence | null)[]> {
  constructor(
    readonly viewerId: UserId,
    readonly ids: readonly UserId[],
    readonly at: Date,
  ) {
    super()
  }
}

@QueryHandler(GetPresence)
export class GetPresenceHandler implements IQueryHandler<GetPresence> {
  constructor(
    private readonly circle: Circle,
    private readonly settings: AllPresenceSettings,
    private readonly records: PresenceRecords,
  ) {}

  async execute({ viewerId, ids, at }: GetPresence): Promise<readonly (Presence | null)[]> {
    const circle = await this.circle.among(viewerId, ids)
    const visible = ids.filter((id) => id === viewerId || circle.has(id))
    const [[own, ...settings], records] = await Promise.all([
      this.settings.read([viewerId, ...visible]),
      this.records.read(visible).catch(() => []),
    ])
    const viewing = { viewerId, isHidden: own?.isHidden ?? true }
    const found = new Map(
      visible.map((id, index) => {
        const known = { record: records[index] ?? null, settings: settings[index] ?? noSettings }
        return [id, presenceOf(id, known, viewing, at.getTime())]
      }),
    )
    return ids.map((id) => found.get(id) ?? null)
  }
}
