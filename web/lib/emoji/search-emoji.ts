import type { EmojiEntry } from './emoji-data'

/** How well an entry answers a word: 0 is best, null is not at all. */
function rankOf({ name, shortcodes, tags }: EmojiEntry, word: string): number | null {
  if (shortcodes.includes(word)) return 0
  const names = [name.toLowerCase(), ...shortcodes]
  if (names.some((one) => one.startsWith(word))) return 1
  const words = [...names, ...tags].flatMap((one) => one.split(/[\s_-]+/))
  if (words.includes(word)) return 2
  if (words.some((one) => one.startsWith(word))) return 3
  return word.length > 2 && names.some((one) => one.includes(word)) ? 4 : null
}

/** The entries for which every word of the query is found, the best first; in their own order among equals. */
export function searchEmoji(entries: readonly EmojiEntry[], query: string, most = Infinity): readonly EmojiEntry[] {
  const words = query.toLowerCase().replaceAll(':', ' ').split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const ranked = entries.flatMap((entry) => {
    const ranks = words.map((word) => rankOf(entry, word))
    return ranks.includes(null) ? [] : [{ entry, rank: Math.max(...ranks.map(Number)) }]
  })
  return ranked
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, most)
    .map(({ entry }) => entry)
}
