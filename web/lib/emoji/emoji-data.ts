import { emojiIn } from '@parley/kernel/emoji'

/** One emoji of the picker, in the form in which it is sent. */
export interface EmojiEntry {
  readonly emoji: string
  readonly name: string
  /** Lower case, without colons: `thumbs_up`. */
  readonly shortcodes: readonly string[]
  readonly tags: readonly string[]
  /** The emoji in the five skin tones, from light to dark; empty for one that has none. */
  readonly skins: readonly string[]
}

export interface EmojiGroup {
  readonly id: string
  readonly name: string
  readonly entries: readonly EmojiEntry[]
}

/** What is used here of a row of emojibase-data. */
interface Row {
  readonly hexcode: string
  readonly label: string
  readonly unicode: string
  readonly group?: number
  readonly order?: number
  readonly tags?: readonly string[]
  readonly skins?: readonly { readonly unicode: string }[]
}

type Shortcodes = Readonly<Record<string, string | readonly string[]>>

/** The groups of Unicode by their number in the data; 2 has parts of emoji, which nobody picks. */
const groups: readonly (readonly [group: number, id: string, name: string])[] = [
  [0, 'smileys', 'Smileys and feelings'],
  [1, 'people', 'People'],
  [3, 'nature', 'Animals and nature'],
  [4, 'food', 'Food and drink'],
  [5, 'places', 'Travel and places'],
  [6, 'activities', 'Activities'],
  [7, 'objects', 'Objects'],
  [8, 'symbols', 'Symbols'],
  [9, 'flags', 'Flags'],
]

/** In the order of Unicode. An emoji that this browser is too old to know is left out: it could not be drawn. */
export function groupsOf(rows: readonly Row[], ...shortcodes: readonly Shortcodes[]): readonly EmojiGroup[] {
  const sorted = rows.toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0))
  return groups.map(([group, id, name]) => ({
    id,
    name,
    entries: sorted.filter((row) => row.group === group).flatMap((row) => entryOf(row, shortcodes)),
  }))
}

function entryOf(
  { hexcode, label, unicode, tags = [], skins = [] }: Row,
  shortcodes: readonly Shortcodes[],
): EmojiEntry[] {
  const emoji = emojiIn(unicode)
  if (emoji === null) return []
  const codes = shortcodes.flatMap((preset) => preset[hexcode] ?? [])
  return [
    { emoji, name: label, shortcodes: [...new Set(codes)], tags, skins: skinsOf(skins.map((skin) => skin.unicode)) },
  ]
}

const tones = ['\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}']

/** Of two people, who may have different tones, only those of one tone. */
function skinsOf(all: readonly string[]): readonly string[] {
  const isOf = (skin: string, tone: string) => tones.every((other) => skin.includes(other) === (other === tone))
  const found = tones.flatMap((tone) => emojiIn(all.find((skin) => isOf(skin, tone)) ?? '') ?? [])
  return found.length === tones.length ? found : []
}

let loading: Promise<readonly EmojiGroup[]> | undefined

/** All emoji, in a chunk of their own: it is loaded when the first picker opens. A failed load is tried again. */
export function loadEmoji(): Promise<readonly EmojiGroup[]> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

async function load(): Promise<readonly EmojiGroup[]> {
  const [rows, github, emojibase] = await Promise.all([
    import('emojibase-data/en/compact.json'),
    import('emojibase-data/en/shortcodes/github.json'),
    import('emojibase-data/en/shortcodes/emojibase.json'),
  ])
  return groupsOf(rows.default, github.default, emojibase.default)
}
