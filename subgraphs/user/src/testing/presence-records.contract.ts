import type { PresenceRecords } from '../application/presence-records'
import { noSigns } from '../domain/presence'
import { newUserId } from './sample-accounts'

const now = Date.now()
const sign = (connectionId: string, until: number, isActive = true) => ({ connectionId, until: now + until, isActive })

/** The contract of PresenceRecords: run on the fake and on Redis. */
export function presenceRecordsContract(records: () => PresenceRecords): void {
  it('has nothing of people who were never here', async () => {
    expect(await records().read([newUserId(), newUserId()])).toEqual([noSigns, noSigns])
  })

  it('keeps a sign of each connection, and gives what was there before', async () => {
    const [ann, ben] = [newUserId(), newUserId()]
    expect(await records().put(ann, sign('phone', 90_000), now)).toEqual(noSigns)
    const before = await records().put(ann, sign('desk', 30_000, false), now + 5)
    expect(before).toEqual({ signs: [sign('phone', 90_000)], seenAt: now })
    await records().put(ann, sign('phone', 20_000), now + 10)
    const [found, other] = await records().read([ann, ben])
    expect(found?.seenAt).toBe(now + 10)
    expect(found?.signs).toHaveLength(2)
    expect(found?.signs).toEqual(expect.arrayContaining([sign('phone', 20_000), sign('desk', 30_000, false)]))
    expect(other).toEqual(noSigns)
  })

  it('forgets signs that are over, and not when the person was seen', async () => {
    const ann = newUserId()
    await records().put(ann, sign('phone', 1_000), now)
    await records().put(ann, sign('desk', 90_000, false), now + 1_001)
    expect(await records().read([ann])).toEqual([{ signs: [sign('desk', 90_000, false)], seenAt: now }])
  })
}
