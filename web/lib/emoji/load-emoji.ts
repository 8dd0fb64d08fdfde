import { once } from '../once'
import { canvasPen } from './canvas-pen'
import { drawableGroups } from './drawable'
import { groupsOf } from './emoji-data'

/** All emoji, in a chunk of their own: also those that this machine cannot draw, which messages may have. */
export const loadEmoji = once(async () => {
  const [rows, github, emojibase] = await Promise.all([
    import('emojibase-data/en/compact.json'),
    import('emojibase-data/en/shortcodes/github.json'),
    import('emojibase-data/en/shortcodes/emojibase.json'),
  ])
  return groupsOf(rows.default, github.default, emojibase.default)
})

/** Those that are offered: what this machine can draw is found out once. */
export const loadDrawableEmoji = once(async () => {
  const groups = await loadEmoji()
  const pen = await canvasPen(groups.flatMap(({ entries }) => entries.map(({ emoji }) => emoji)))
  return pen === null ? groups : drawableGroups(groups, pen, pause)
})

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
