import type { UserId } from '@parley/kernel/ids'
import { knownUsersContract } from '../testing/known-users.contract'
import { MemoryKnownUsers, MemoryUserOwner } from '../testing/memory-known-users'
import { newUser } from '@parley/platform/testing/ids'
import { People } from './people'

describe('MemoryKnownUsers', () => {
  const known = new MemoryKnownUsers()
  knownUsersContract(() => known)
})

describe('People', () => {
  const known = new MemoryKnownUsers()
  const owner = new MemoryUserOwner()
  const people = new People(known, owner)

  function registered(): UserId {
    const id = newUser()
    owner.accounts.add(id)
    return id
  }
  beforeEach(() => owner.asked.splice(0))

  it('sends no request for known users', async () => {
    const anna = newUser()
    await known.add([anna])
    await people.assertExist([anna])
    expect(owner.asked).toEqual([])
  })
  it('asks once for all unknown users, and stores the answer', async () => {
    const [anna, ben, cleo] = [newUser(), registered(), registered()]
    await known.add([anna])
    await people.assertExist([anna, ben, cleo])
    await people.assertExist([ben, cleo])
    expect(owner.asked).toEqual([[ben, cleo]])
  })
  it('refuses a user who does not exist, and does not cache that: they may register later', async () => {
    const [anna, nobody] = [registered(), newUser()]
    await expect(people.assertExist([anna, nobody])).rejects.toMatchObject({
      code: 'UNKNOWN_PERSON',
      message: `There is no account with the id ${nobody}.`,
    })
    owner.accounts.add(nobody)
    await people.assertExist([anna, nobody])
    expect(owner.asked).toEqual([[anna, nobody], [nobody]])
  })
})
