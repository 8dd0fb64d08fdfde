import type { EmojiEntry, EmojiGroup } from './emoji-data'

/** Draws emoji where nobody sees them. */
export interface Pen {
  width(emoji: string): number
  /** Of each, whether it has colours of its own. The box of what no font has is as black as letters are. */
  haveColours(emoji: readonly string[]): readonly boolean[]
}

const reference = '😀'
/** A sequence that no font joins is drawn as its parts, side by side. */
const widest = 1.3
/** Entries between two pauses: a page that draws all of them at once stands still. */
const step = 100

/** The emoji that are one picture with the fonts of this machine, in the skin tones that are. `pause` lets the page go on. */
export async function drawableGroups(
  groups: readonly EmojiGroup[],
  pen: Pen,
  pause: () => Promise<void>,
): Promise<readonly EmojiGroup[]> {
  // With black fonts alone nothing tells a picture from a box.
  if (!pen.haveColours([reference])[0]) return groups
  const most = pen.width(reference) * widest
  const isOne = (emoji: string): boolean => pen.width(emoji) <= most
  const drawable = (entries: readonly EmojiEntry[]): readonly EmojiEntry[] => {
    const joined = entries.filter(({ emoji }) => isOne(emoji))
    const suspects = joined.filter(({ emoji }) => mayBeMissing(emoji))
    const answers = pen.haveColours(suspects.map(({ emoji }) => emoji))
    const missing = new Set(suspects.filter((_, index) => answers[index] === false))
    return joined
      .filter((entry) => !missing.has(entry))
      .map((entry) => (entry.skins.every(isOne) ? entry : plain(entry)))
  }
  const kept: EmojiGroup[] = []
  for (const { entries, ...group } of groups) {
    const found: EmojiEntry[] = []
    for (let start = 0; start < entries.length; start += step) {
      found.push(...drawable(entries.slice(start, start + step)))
      await pause()
    }
    kept.push({ ...group, entries: found })
  }
  return kept
}

const plain = (entry: EmojiEntry): EmojiEntry => ({ ...entry, skins: [] })

/** What fonts may lack: a flag, or a character from where Unicode has added emoji since 2017. Every system has the older ones. */
const mayBeMissing = (emoji: string): boolean => (emoji.codePointAt(0) ?? 0) >= 0x1_f6d0 || /^\p{RI}/u.test(emoji)
