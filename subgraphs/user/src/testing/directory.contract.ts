import type { AnyIntegrationEvent } from '@parley/contracts/integration-events'
import type { Accounts } from '../application/accounts'
import type { People } from '../application/people'
import type { DisplayName } from '../domain/account'
import { account, newUserId, newUsername, registeredEvent, renamedEvent } from './sample-accounts'

export interface Directory {
  readonly accounts: Accounts
  readonly people: People
  /** The events about a user, in order. */
  eventsOf(userId: string): Promise<readonly AnyIntegrationEvent[]>
}

/** The contract of Accounts and People: run on the fakes and on PostgreSQL. */
export function directoryContract(directory: () => Directory): void {
  async function added(displayName?: string, username?: string) {
    const added = account(displayName, username)
    expect(await directory().accounts.add(added, registeredEvent(added))).toBe(true)
    return added
  }
  const usernames = async (...args: Parameters<People['find']>) =>
    (await directory().people.find(...args)).map(({ username }) => username)

  it('returns an added account, with its event', async () => {
    const anna = await added()
    expect(await directory().accounts.credentialsOf(anna.user.username)).toEqual(anna)
    expect(await directory().people.byIds([anna.user.id, newUserId(), anna.user.id])).toEqual([anna.user])
    expect(await directory().eventsOf(anna.user.id)).toEqual([expect.objectContaining({ type: 'UserRegistered' })])
  })

  it('gives a username to one of many concurrent registrations, and publishes that one only', async () => {
    const username = newUsername()
    const racers = Array.from({ length: 6 }, () => account('Racer', username))
    const outcomes = await Promise.all(racers.map((racer) => directory().accounts.add(racer, registeredEvent(racer))))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    const events = await Promise.all(racers.map(({ user }) => directory().eventsOf(user.id)))
    expect(events.map(({ length }) => length === 1)).toEqual(outcomes)
  })

  it('renames: the new name is found, the old one is not, and the event follows', async () => {
    const word = newUsername().slice(2)
    const anna = await added(`Before ${word}`)
    const renamed = await directory().accounts.rename(
      anna.user.id,
      `After ${word}` as DisplayName,
      renamedEvent(anna, 'After'),
    )
    expect(renamed).toEqual({ ...anna.user, displayName: `After ${word}` })
    expect(await usernames(`after ${word}`, newUserId(), 5)).toEqual([anna.user.username])
    expect(await usernames(`before ${word}`, newUserId(), 5)).toEqual([])
    const types = (await directory().eventsOf(anna.user.id)).map(({ type }) => type)
    expect(types).toEqual(['UserRegistered', 'ProfileUpdated'])
  })

  it('renames no unknown account', async () => {
    const nobody = account()
    expect(await directory().accounts.rename(nobody.user.id, 'X' as DisplayName, renamedEvent(nobody, 'X'))).toBeNull()
    expect(await directory().eventsOf(nobody.user.id)).toEqual([])
  })

  it('finds by username and by any word, exact matches first, each person once, without the viewer', async () => {
    const word = newUsername().slice(2)
    const exact = await added('Somebody', word)
    const second = await added(`Zoe ${word} ${word}x`)
    const third = await added(`${word}y Young`)
    const viewer = await added(word)
    expect(await usernames(word, viewer.user.id, 25)).toEqual([exact, second, third].map(({ user }) => user.username))
    expect(await usernames(word, viewer.user.id, 2)).toHaveLength(2)
  })

  it('finds people of one name in the order of their ids', async () => {
    const name = `Kim ${newUsername().slice(2)}`
    const all = [await added(name), await added(name), await added(name)].map(({ user }) => user)
    const byId = all.toSorted((one, other) => (one.id < other.id ? -1 : 1)).map(({ username }) => username)
    expect(await usernames(name.toLowerCase(), newUserId(), 25)).toEqual(byId)
    expect(await usernames(name.toLowerCase(), newUserId(), 2)).toEqual(byId.slice(0, 2))
  })

  it.each(['%', '_', '\\', "'", '%25', '100%'])('treats %j as a literal character', async (sign) => {
    const word = newUsername().slice(2)
    const marked = await added(`${word}${sign}z`)
    await added(`${word}qz`)
    expect(await usernames(`${word}${sign}`, newUserId(), 5)).toEqual([marked.user.username])
  })
}
