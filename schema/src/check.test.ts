import type { ApiCheck } from './check.ts'
import { checkApi } from './check.ts'
import { readDeclarations } from './breaking-changes.ts'

const released = `
  type Query { me: User  find(name: String, first: Int = 10): [User!]! }
  type Mutation { rename(input: RenameInput!): User }
  input RenameInput { name: String!  nick: String }
  interface Named { name: String! }
  type User implements Named {
    name: String!
    mood: Mood
    "Of old."
    nick: String @deprecated(reason: "Use name. Removed after 2026-11-01.")
    alias: String @deprecated(reason: "Use name. Removed after 2027-03-01.")
  }
  type Bot implements Named { name: String! }
  union Being = User | Bot
  enum Mood { GLAD SAD }
  type Extra { being: Being }
`
const check = (changes: Partial<ApiCheck>) =>
  checkApi({ released, api: released, documents: [], declared: [], today: '2026-10-01', ...changes })
const faultsWith = async (from: string, to: string, more: Partial<ApiCheck> = {}) => {
  const api = released.replace(from, to)
  expect(api).not.toBe(released)
  return (await check({ api, ...more })).faults
}

describe('a change of the API', () => {
  it('that adds something passes', async () => {
    expect(await check({})).toEqual({ faults: [], notes: [] })
    expect(await faultsWith('mood: Mood', 'mood: Mood  born: String')).toEqual([])
    expect(await faultsWith('nick: String }', 'nick: String  title: String }')).toEqual([])
  })

  it.each([
    ['a field is gone', 'mood: Mood', '', 'FIELD_REMOVED', 'User.mood'],
    ['a field is renamed', 'mood: Mood', 'humour: Mood', 'FIELD_REMOVED', 'User.mood'],
    ['a field may be null now', 'name: String!\n    mood', 'name: String\n    mood', 'FIELD_TYPE_CHANGED', 'User.name'],
    ['a field has another type', 'mood: Mood', 'mood: String', 'FIELD_TYPE_CHANGED', 'User.mood'],
    ['a type is gone', 'type Extra { being: Being }', '', 'TYPE_REMOVED', 'Extra'],
    ['an argument is gone', 'find(name: String, ', 'find(', 'FIELD_ARGUMENT_REMOVED', 'Query.find.name'],
    ['an argument is demanded', 'name: String, ', 'name: String!, ', 'FIELD_ARGUMENT_TYPE_CHANGED', 'Query.find.name'],
    ['a demanded argument is new', 'me: User', 'me(now: Int!): User', 'FIELD_ARGUMENT_ADDED', 'Query.me.now'],
    ['an input field is gone', 'nick: String }', '}', 'INPUT_FIELD_REMOVED', 'RenameInput.nick'],
    [
      'a demanded input field is new',
      'nick: String }',
      'nick: String  a: Int! }',
      'INPUT_FIELD_ADDED',
      'RenameInput.a',
    ],
    ['an enum value is gone', 'GLAD SAD', 'GLAD', 'ENUM_VALUE_REMOVED', 'Mood.SAD'],
    ['a member of a union is gone', 'User | Bot', 'User', 'UNION_MEMBER_REMOVED', 'Being'],
    ['an interface is left', 'Bot implements Named', 'Bot', 'OBJECT_TYPE_INTERFACE_REMOVED', 'Bot'],
  ])('is refused when %s, and passes when it is declared', async (_what, from, to, change, at) => {
    const faults = await faultsWith(from, to)
    expect(faults).toEqual([expect.stringMatching(/^breaks clients and is not declared: /)])
    expect(faults[0]).toContain(`(change: ${change}, at: ${at})`)
    const declared = [{ change, at, reason: 'Nobody has ever used it.', date: '2026-10-01' }]
    expect(await faultsWith(from, to, { declared })).toEqual([])
  })

  it('of another place than the declared one is refused, and so is the declaration', async () => {
    const declared = [{ change: 'FIELD_REMOVED', at: 'User.nick', reason: 'Nobody has one.', date: '2026-10-01' }]
    const faults = await faultsWith('mood: Mood', '', { declared })
    expect(faults).toHaveLength(2)
    expect(faults[1]).toBe('is declared and does not happen: FIELD_REMOVED at User.nick')
  })

  it('of a contract alone is refused too, and one of both is one change', async () => {
    const api = released.replace('mood: Mood', '')
    const reason = 'Nobody has ever used it.'
    const declared = [{ change: 'FIELD_REMOVED', at: 'User.mood', reason, date: '2026-10-01' }]
    const contracts = [{ released, api }]
    expect((await check({ contracts })).faults).toEqual([expect.stringContaining('at: User.mood)')])
    expect((await check({ contracts, api })).faults).toHaveLength(1)
    expect((await check({ contracts, api, declared })).faults).toEqual([])
  })

  it('that only careless clients notice is mentioned', async () => {
    const api = released.replace('GLAD SAD', 'GLAD SAD CALM')
    expect(await check({ api })).toEqual({
      faults: [],
      notes: [expect.stringContaining("Enum value 'CALM' was added")],
    })
  })
})

describe('a declaration', () => {
  const entry = { change: 'FIELD_REMOVED', at: 'User.mood', reason: 'Nobody has ever used it.', date: '2026-10-01' }

  it('has a change, a place, a reason and a date', () => {
    expect(readDeclarations({ changes: [entry] })).toEqual([entry])
    for (const missing of Object.keys(entry)) {
      expect(() => readDeclarations({ changes: [{ ...entry, [missing]: undefined }] })).toThrow(missing)
    }
    expect(() => readDeclarations({ changes: [{ ...entry, reason: 'Because.' }] })).toThrow('says why')
    expect(() => readDeclarations({ changes: [{ ...entry, date: '2026-02-30' }] })).toThrow('date')
  })
})

describe('a deprecation', () => {
  it.each([
    ['no reason', '@deprecated'],
    ['no day', '@deprecated(reason: "Use name.")'],
    ['a day and no reason', '@deprecated(reason: "Removed after 2027-03-01.")'],
    ['a day that does not exist', '@deprecated(reason: "Use name. Removed after 2027-02-30.")'],
  ])('is refused with %s', async (_what, directive) => {
    const faults = await faultsWith('mood: Mood', `mood: Mood ${directive}`)
    expect(faults).toEqual([expect.stringMatching(/^User\.mood is deprecated without saying why and until when/)])
  })

  it.each([
    ['an argument', 'name: String, ', 'Query.find.name'],
    ['an input field', 'nick: String }', 'RenameInput.nick'],
    ['an enum value', 'SAD }', 'Mood.SAD'],
  ])('of %s needs them too', async (_what, from, at) => {
    expect((await faultsWith(from, from.replace(/(, | })?$/, ' @deprecated$1')))[0]).toContain(`${at} is deprecated`)
  })

  it('that was not released leaves clients three months', async () => {
    const until = (day: string) => `mood: Mood @deprecated(reason: "Use name. Removed after ${day}.")`
    expect(await faultsWith('mood: Mood', until('2026-12-30'))).toEqual([])
    expect(await faultsWith('mood: Mood', until('2026-12-29'))).toEqual([
      'User.mood is removed too early for its clients: not before 2026-12-30',
    ])
  })

  it('that was released may get a later day and no earlier one', async () => {
    expect(await faultsWith('2026-11-01', '2026-11-02')).toEqual([])
    expect(await faultsWith('2026-11-01', '2026-10-31')).toEqual([
      'User.nick is removed too early for its clients: not before 2026-11-01',
    ])
  })

  it('whose day is over is refused until the element is gone, which then is not a breaking change', async () => {
    const today = '2026-11-02'
    expect((await check({ today: '2026-11-01' })).faults).toEqual([])
    expect((await check({ today })).faults).toEqual([
      'User.nick was to be removed after 2026-11-01: remove it, or say a later day',
    ])
    const nick = '"Of old."\n    nick: String @deprecated(reason: "Use name. Removed after 2026-11-01.")'
    expect(await faultsWith(nick, '', { today })).toEqual([])
    expect(await faultsWith(nick, '')).toEqual([expect.stringContaining('at: User.nick)')])
  })
})

describe('a trusted document', () => {
  const named = (body: string) => ({ id: '', name: 'Me', body })

  it('is valid in the new API, also one of the last release', async () => {
    const documents = [named('query Me { me { mood } }')]
    expect(await check({ documents })).toEqual({ faults: [], notes: [] })
    const declared = [{ change: 'FIELD_REMOVED', at: 'User.mood', reason: 'Nobody has ever.', date: '2026-10-01' }]
    expect(await faultsWith('mood: Mood', '', { documents, declared })).toEqual([
      'the trusted document Me would fail: Cannot query field "mood" on type "User".',
    ])
  })

  it('that uses what is deprecated is mentioned', async () => {
    const { faults, notes } = await check({ documents: [named('query Me { me { alias } }')] })
    expect(faults).toEqual([])
    expect(notes).toEqual([expect.stringContaining('the trusted document Me uses what is deprecated')])
  })
})
