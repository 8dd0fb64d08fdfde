import { InvalidFields } from '@parley/kernel/errors'
import { newUser } from '@parley/platform/testing/ids'
import { type Company, mentionChange, mentionsOf, namedIn, peopleIn } from './mentions'

const [ann, ben, cem, otto] = [newUser(), newUser(), newUser(), newUser()]
const company: Company = { authorId: ann, members: [ann, ben, cem], online: [ann, cem], muted: new Set() }
const of = (text: string, before: ReturnType<typeof mentionsOf> = null, among = company) =>
  mentionsOf(namedIn(text), among, before)

describe('whom a message mentions', () => {
  it('are the members who are named, without the author and without strangers', () => {
    expect(of(`<@${cem}> <@${otto}> <@${ann}> <@${ben}> <@${cem}>`)).toMatchObject({ userIds: [cem, ben] })
    expect(of(`<@${otto}> and <@${ann}>`)).toBeNull()
    expect(of(`\`<@${ben}>\``)).toBeNull()
  })

  it('are all members, or those who are online, or all while that is not known', () => {
    expect(of('@all')).toEqual({ userIds: [], all: true, here: false, groupIds: [ben, cem] })
    expect(of('@here')).toEqual({ userIds: [], all: false, here: true, groupIds: [cem] })
    expect(mentionsOf(namedIn('@here'), { ...company, online: null })?.groupIds).toEqual([ben, cem])
    expect(peopleIn(of(`@all <@${ben}>`))).toEqual([ben, cem])
  })

  it('are not those who have muted the conversation, unless they are named', () => {
    const muting = { ...company, muted: new Set([cem]) }
    expect(of('@all', null, muting)?.groupIds).toEqual([ben])
    expect(of('@here', null, muting)).toMatchObject({ here: true, groupIds: [] })
    expect(peopleIn(of(`@all <@${cem}>`, null, muting))).toEqual([cem, ben])
    const before = of('@all, see')
    expect(of('@all: see', before, muting)?.groupIds).toEqual([ben, cem])
  })

  it('stay those whom a word stood for, while an edit leaves the word', () => {
    const before = of('@here, see')
    const later = { ...company, online: null }
    expect(of('@here: see', before, later)?.groupIds).toEqual([cem])
    expect(of('@all: see', before, later)?.groupIds).toEqual([ben, cem])
    expect(of('see', before, later)).toBeNull()
  })

  it('are at most fifty by name', () => {
    const text = (count: number) => Array.from({ length: count }, () => `<@${newUser()}>`).join('')
    expect(namedIn(text(50)).userIds).toHaveLength(50)
    expect(() => namedIn(text(51))).toThrow(InvalidFields)
    expect(() => namedIn(text(10_000))).toThrow(/at most 50 people by name; this one has 10000/)
  })
})

it('a change says who is new and who is not mentioned any more', () => {
  expect(mentionChange(of(`<@${ben}>`), of(`<@${cem}>`))).toEqual({ mentioned: [cem], unmentioned: [ben] })
  expect(mentionChange(of('@all'), of(`@all <@${ben}>`))).toEqual({})
  expect(mentionChange(null, of('@here'))).toEqual({ mentioned: [cem] })
  expect(mentionChange(of('@here'), null)).toEqual({ unmentioned: [cem] })
})
