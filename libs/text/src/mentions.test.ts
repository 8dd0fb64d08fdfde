import { mentionsIn } from './mentions'
import { excerpt, searchable } from './plain'

const [ada, bob] = ['0192f3a0-7c1e-7b3a-9d5e-2f4a6b8c0d1e', '0192f3a0-7c1e-7b3a-9d5e-2f4a6b8c0d1f'] as const

describe('mentionsIn', () => {
  it('has each person once, wherever they stand but in code', () => {
    const text = `> <@${bob}>\n- **<@${ada.toUpperCase()}>** and <@${ada}>\n\n||@here|| \`@all\``
    expect(mentionsIn(text)).toEqual({ userIds: [bob, ada], all: false, here: true })
  })

  it('has nobody in a text without an @', () => {
    expect(mentionsIn('Hello')).toEqual({ userIds: [], all: false, here: false })
  })

  it.each([
    ['the same person', `<@${ada}>`, 1],
    ['everybody', '@all ', 0],
    ['what is nearly a mention', '<@0192f3a0-7c1e-7b3a-9d5e-', 0],
    ['opening marks', '<@', 0],
  ])('takes time linear in the text for ten thousand times %s', (_, repeated, people) => {
    const before = performance.now()
    expect(mentionsIn(repeated.repeat(10_000)).userIds).toHaveLength(people)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})

it('names those who are mentioned where their names are known', () => {
  const nameOf = (userId: string) => (userId === ada ? 'Ada' : null)
  expect(excerpt(`<@${ada}> and <@${bob}>, @all`, 80, nameOf)).toBe('@Ada and @someone, @all')
})

it('finds those who are mentioned by their ids', () => {
  expect(searchable(`ask <@${ada}>`)).toBe(`ask <@${ada}>`)
})
