import rows from 'emojibase-data/en/compact.json'
import emojibase from 'emojibase-data/en/shortcodes/emojibase.json'
import github from 'emojibase-data/en/shortcodes/github.json'
import { emojiIn } from '@parley/kernel/emoji'
import { groupsOf } from './emoji-data'
import { searchEmoji } from './search-emoji'

const groups = groupsOf(rows, github, emojibase)
const entries = groups.flatMap((group) => group.entries)
const named = (emoji: string) => entries.find((entry) => entry.emoji === emoji)

describe('the emoji of the picker', () => {
  it('are all of Unicode, in nine groups', () => {
    expect(groups.map(({ id }) => id)).toEqual([
      'smileys',
      'people',
      'nature',
      'food',
      'places',
      'activities',
      'objects',
      'symbols',
      'flags',
    ])
    // Every row of the data that has a group, but the skin tones and hair styles: none is unknown to the server.
    expect(entries).toHaveLength(rows.filter(({ group }) => group !== undefined && group !== 2).length)
    expect(entries.length).toBeGreaterThan(1_900)
  })

  it('are each one that the server takes as it is, in every skin tone', () => {
    const all = entries.flatMap(({ emoji, skins }) => [emoji, ...skins])
    expect(all.filter((emoji) => emojiIn(emoji) !== emoji)).toEqual([])
    expect(new Set(all).size).toBe(all.length)
  })

  it('have five skin tones or none', () => {
    expect(named('👍')?.skins).toEqual(['👍🏻', '👍🏼', '👍🏽', '👍🏾', '👍🏿'])
    expect(named('🤝')?.skins).toEqual(['🤝🏻', '🤝🏼', '🤝🏽', '🤝🏾', '🤝🏿'])
    expect(named('😀')?.skins).toEqual([])
    expect(entries.filter(({ skins }) => ![0, 5].includes(skins.length))).toEqual([])
  })
})

describe('the shortcodes', () => {
  it('are each of one emoji, the one of GitHub where two sets have the same', () => {
    const codes = entries.flatMap(({ shortcodes }) => shortcodes)
    expect(new Set(codes).size).toBe(codes.length)
    const named = (code: string) => entries.find(({ shortcodes }) => shortcodes.includes(code))?.emoji
    expect(['smile', '+1', 'cat', 'umbrella', 'pencil', 'point_up'].map(named)).toEqual([
      '😄',
      '👍',
      '🐱',
      '☔',
      '📝',
      '☝️',
    ])
  })
})

describe('the search for emoji', () => {
  it.each([
    ['smile', '😄'],
    ['+1', '👍'],
    [':+1:', '👍'],
    ['thumbs up', '👍'],
    ['tada', '🎉'],
    ['heart', '❤️'],
    ['germany', '🇩🇪'],
    ['scotland', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['ROCKET', '🚀'],
    ['melting', '🫠'],
  ])('%s finds %s among the first', (query, emoji) => {
    expect(searchEmoji(entries, query, 5).map((entry) => entry.emoji)).toContain(emoji)
  })

  it('finds only what has every word, and nothing for nothing', () => {
    expect(searchEmoji(entries, 'cat tears').map(({ emoji }) => emoji)).toEqual(['😹'])
    expect(searchEmoji(entries, 'qwertz')).toEqual([])
    expect(searchEmoji(entries, ' : ')).toEqual([])
  })
})
