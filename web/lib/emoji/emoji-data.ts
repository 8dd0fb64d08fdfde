import { emojiIn } from '@parley/kernel/emoji'
import type { SkinTone } from './emoji-choices'

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

/** An emoji as it is picked. */
export const inTone = ({ emoji, skins }: EmojiEntry, tone: SkinTone): string =>
  tone === 0 ? emoji : (skins[tone - 1] ?? emoji)

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

/**
 * In the order of Unicode. An emoji that this browser is too old to know is left out: it could not be drawn. Where two sets
 * of shortcodes have the same one, the first says what it is.
 */
export function groupsOf(rows: readonly Row[], ...shortcodes: readonly Shortcodes[]): readonly EmojiGroup[] {
  const codes = codesOf(shortcodes)
  const sorted = rows.toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0))
  return groups.map(([group, id, name]) => ({
    id,
    name,
    entries: sorted.filter((row) => row.group === group).flatMap((row) => entryOf(row, codes.get(row.hexcode) ?? [])),
  }))
}

/** The shortcodes of each emoji, by its hexcode; each is of one emoji. */
function codesOf(sets: readonly Shortcodes[]): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string>()
  for (const [hexcode, codes] of sets.flatMap((set) => Object.entries(set)))
    for (const code of [codes].flat()) if (!owners.has(code)) owners.set(code, hexcode)
  const found = new Map<string, string[]>()
  for (const [code, hexcode] of owners) found.set(hexcode, [...(found.get(hexcode) ?? []), code])
  return found
}

function entryOf({ label, unicode, tags = [], skins = [] }: Row, shortcodes: readonly string[]): EmojiEntry[] {
  const emoji = emojiIn(unicode)
  if (emoji === null) return []
  return [{ emoji, name: label, shortcodes, tags, skins: skinsOf(skins.map((skin) => skin.unicode)) }]
}

const tones = ['\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}']

/** Of two people, who may have different tones, only those of one tone. */
function skinsOf(all: readonly string[]): readonly string[] {
  const isOf = (skin: string, tone: string) => tones.every((other) => skin.includes(other) === (other === tone))
  const found = tones.flatMap((tone) => emojiIn(all.find((skin) => isOf(skin, tone)) ?? '') ?? [])
  return found.length === tones.length ? found : []
}
