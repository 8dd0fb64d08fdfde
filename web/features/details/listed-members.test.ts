import { isFiltered, listedMembers } from './listed-members'

const member = (id: string, displayName: string, role: 'OWNER' | 'MEMBER' = 'MEMBER') => ({
  __typename: 'Member' as const,
  userId: id,
  role,
  user: { __typename: 'User' as const, id, username: `user_${id}`, displayName },
})
const members = [member('z', 'zoe'), member('o', 'Otto', 'OWNER'), member('a', 'Ada'), member('b', 'Ada')]
const names = (filter?: string) => listedMembers(members, 'z', filter).map(({ person }) => person.id)

describe('the members of a conversation', () => {
  it('are listed with the owner first, then by name, and those of the same name in a fixed order', () => {
    expect(names()).toEqual(['o', 'a', 'b', 'z'])
    expect(listedMembers(members.toReversed(), 'z').map(({ person }) => person.id)).toEqual(names())
  })

  it('say who owns it and which one is the viewer', () => {
    const told = listedMembers(members, 'z').map(({ isOwner, isViewer }) => [isOwner, isViewer])
    expect(told).toEqual([
      [true, false],
      [false, false],
      [false, false],
      [false, true],
    ])
  })

  it('are found by a part of their name or username, whatever its case', () => {
    expect(names(' ZO ')).toEqual(['z'])
    expect(names('user_a')).toEqual(['a'])
    expect(names('nobody')).toEqual([])
  })

  it('stay in the list when their name is not known', () => {
    const unknown = listedMembers([{ ...member('x', ''), user: null }], 'z')
    expect(unknown[0]?.person.displayName).toBe('Name unavailable')
  })

  it('can be filtered when there are many', () => {
    expect(isFiltered(members)).toBe(false)
    expect(isFiltered(Array.from({ length: 12 }, (_, index) => member(String(index), 'A')))).toBe(true)
  })
})
