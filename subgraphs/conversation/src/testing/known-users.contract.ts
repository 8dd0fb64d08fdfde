import type { KnownUsers } from '../application/known-users'
import { newUser } from '@parley/platform/testing/ids'

/** What every KnownUsers keeps: run on the fake and on PostgreSQL. */
export function knownUsersContract(known: () => KnownUsers): void {
  it('knows those that it was told of, and nobody else', async () => {
    const [anna, ben, cleo] = [newUser(), newUser(), newUser()]
    await known().add([anna, ben])
    expect(await known().among([ben, cleo, anna])).toEqual(new Set([anna, ben]))
    expect(await known().among([cleo])).toEqual(new Set())
    expect(await known().among([])).toEqual(new Set())
  })

  it('may be told the same again, and nothing, and at once', async () => {
    const anna = newUser()
    await known().add([])
    await Promise.all([known().add([anna]), known().add([anna]), known().add([anna, newUser()])])
    expect(await known().among([anna])).toEqual(new Set([anna]))
  })
}
