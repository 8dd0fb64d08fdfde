import { drawableGroups, type Pen } from './drawable'
import type { EmojiEntry } from './emoji-data'

const entry = (emoji: string, skins: readonly string[] = []): EmojiEntry => ({
  emoji,
  name: emoji,
  shortcodes: [],
  tags: [],
  skins,
})

/** Fonts that lack some emoji, and draw some as their parts. */
class FakePen implements Pen {
  readonly drawn: string[] = []

  constructor(
    private readonly lacks: { readonly glyphs?: readonly string[]; readonly ligatures?: readonly string[] },
  ) {}

  width(emoji: string): number {
    return this.lacks.ligatures?.includes(emoji) ? 40 : 20
  }

  haveColours(emoji: readonly string[]): readonly boolean[] {
    this.drawn.push(...emoji)
    return emoji.map((one) => !this.lacks.glyphs?.includes(one))
  }
}

const offered = async (entries: readonly EmojiEntry[], pen: Pen) => {
  const groups = await drawableGroups([{ id: 'all', name: 'All', entries }], pen, async () => undefined)
  return groups.flatMap((group) => group.entries)
}
const emoji = async (all: readonly string[], pen: Pen) =>
  (
    await offered(
      all.map((one) => entry(one)),
      pen,
    )
  ).map((one) => one.emoji)

describe('the emoji that a machine can draw', () => {
  it('are all of them when its fonts have all of them', async () => {
    expect(await emoji(['😀', '🫪', '🇩🇪', '🤦‍♂️'], new FakePen({}))).toEqual(['😀', '🫪', '🇩🇪', '🤦‍♂️'])
  })

  it('are not those of which it has a box, nor flags of which it has the letters', async () => {
    expect(await emoji(['😀', '🫪', '🫨', '🇩🇪'], new FakePen({ glyphs: ['🫪', '🇩🇪'] }))).toEqual(['😀', '🫨'])
  })

  it('are not those that it draws as their parts', async () => {
    expect(await emoji(['🤦', '🤦‍♂️'], new FakePen({ ligatures: ['🤦‍♂️'] }))).toEqual(['🤦'])
  })

  it('have no skin tones when those are drawn beside them', async () => {
    const tones = ['🤝🏻', '🤝🏼', '🤝🏽', '🤝🏾', '🤝🏿']
    expect(await offered([entry('🤝', tones)], new FakePen({ ligatures: ['🤝🏿'] }))).toEqual([entry('🤝')])
    expect(await offered([entry('🤝', tones)], new FakePen({}))).toEqual([entry('🤝', tones)])
  })

  it('are all of them with black fonts alone, which do not tell a picture from a box', async () => {
    expect(await emoji(['😀', '🫪'], new FakePen({ glyphs: ['😀', '🫪'] }))).toEqual(['😀', '🫪'])
  })

  it('need few drawings: every system has the old ones', async () => {
    const pen = new FakePen({})
    await emoji(['😂', '❤️', '👍', '🫠', '🇫🇷'], pen)
    expect(pen.drawn).toEqual(['😀', '🫠', '🇫🇷'])
  })
})
