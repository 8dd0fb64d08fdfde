import type { KnownUsers } from '../application/known-users'
import { newUser } from '@parley/platform/testing/ids'

/** The contract of KnownUsers: run on the fake and on PostgreSQL. */
export function knownUsersContract(known: () => KnownUsers): void {
  it('has the added users, and no others', async () => {
    const [anna, ben, cleo] = [newUser(), newUser(), newUser()]
    await known().add([anna, ben])
    expect(await known().among([ben, cleo, anna])).toEqual(new Set([anna, ben]))
    expect(await known().among([cleo])).toEqual(new Set())
    expect(await known().among([])).toEqual(new Set())
  })

  it('accepts repeated, empty and concurrent additions', async () => {
    const anna = newUser()
    await known().add([])
    await Promise.all([known().add([anna]), known().add([anna]), known().add([anna, newUser()])])
    expect(await known().among([anna])).toEqual(new Set([anna]))
  })
}
