import { fakeStorage } from '../../testing/fake-storage'
import { Failure } from '../graphql/errors'
import { MissingPeople } from './missing-people'
import { People, peopleIn, type Person } from './people'

const ada: Person = { id: 'a', username: 'ada', displayName: 'Ada' }
const bob: Person = { id: 'b', username: 'bob', displayName: 'Bob' }

function memory(initial?: string) {
  const kept = new Map<string, string>(initial === undefined ? [] : [['parley:people', initial]])
  return { kept, ...fakeStorage(kept) }
}

describe('people', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('are found anywhere in an answer', () => {
    const user = { __typename: 'User', ...ada }
    const answer = { conversations: { edges: [{ node: { members: [{ user }, { user: null }] } }] }, other: { id: 'b' } }
    expect(peopleIn(answer)).toEqual([user])
    expect(peopleIn(null)).toEqual([])
  })

  it('are known after a reload, with their newest name', () => {
    const storage = memory()
    const before = new People(storage)
    before.learn([ada, bob])
    before.learn([{ ...ada, displayName: 'Ada L.' }])
    jest.runAllTimers()
    expect(new People(storage).get().get('a')?.displayName).toBe('Ada L.')
  })

  it('notify their subscribers of changes only', () => {
    const known = new People(memory())
    const told = jest.fn()
    known.subscribe(told)
    known.learn([ada])
    known.learn([ada])
    expect(told).toHaveBeenCalledTimes(1)
  })

  it('are bounded: the least recently seen are dropped first', () => {
    const known = new People(null)
    known.learn(Array.from({ length: 2_001 }, (_, index) => ({ ...ada, id: String(index) })))
    expect(known.get().size).toBe(2_000)
    expect(known.get().has('0')).toBe(false)
  })

  it('are deleted at sign-out, also when a write is pending', () => {
    const storage = memory()
    const known = new People(storage)
    known.learn([ada])
    known.forget()
    jest.runAllTimers()
    expect(storage.kept.size).toBe(0)
    expect(known.get().size).toBe(0)
  })

  it.each(['{', '7', '[{"id":1}]', '[null]'])('stored as %s are ignored', (text) => {
    expect(new People(memory(text)).get().size).toBe(0)
  })
})

describe('missing people', () => {
  it('are retried until the answer arrives, each once', async () => {
    const known = new People(null)
    const asked: string[] = []
    const waits: number[] = []
    const missing = new MissingPeople({
      people: known,
      load: (id) => {
        asked.push(id)
        return asked.length < 3 ? Promise.reject(new Error('away')) : Promise.resolve({ ...ada, id })
      },
      wait: (ms) => {
        waits.push(ms)
        return Promise.resolve()
      },
    })
    void missing.want('x')
    void missing.want('x')
    await missing.want('y')
    expect(asked).toEqual(['x', 'x', 'x', 'y'])
    expect(waits).toHaveLength(2)
    expect([...known.get().keys()]).toEqual(['x', 'y'])
  })

  it('without an account are not requested again', async () => {
    const load = jest.fn(() => Promise.reject(new Failure('state', 'NOT_FOUND')))
    await new MissingPeople({ people: new People(null), load }).want('x')
    expect(load).toHaveBeenCalledTimes(1)
  })
})
