import { type EmojiChoicesStore, emojiChoicesOf } from '../../lib/emoji/emoji-choices'
import { type EmojiEntry, inTone } from '../../lib/emoji/emoji-data'
import { loadDrawableEmoji, loadEmoji } from '../../lib/emoji/load-emoji'
import { searchEmoji } from '../../lib/emoji/search-emoji'
import { useViewer } from '../../lib/session/use-session'
import { emojiQuery, wholeEmojiName } from './model/emoji-query'
import type { Completion, CompletionSource } from './use-completion'

/** As many as are seen without scrolling. */
const mostOffered = 6

/** What is known of the emoji once somebody has begun to write the name of one. */
interface Known {
  /** Those that this machine can draw. */
  readonly offered: readonly EmojiEntry[]
  /** All of them. */
  readonly byName: ReadonlyMap<string, EmojiEntry>
}

let known: Known | null = null

async function load(): Promise<void> {
  const [all, drawable] = await Promise.all([loadEmoji(), loadDrawableEmoji()])
  const named = all
    .flatMap(({ entries }) => entries)
    .flatMap((entry) => entry.shortcodes.map((code) => [code, entry] as const))
  known = { offered: drawable.flatMap(({ entries }) => entries), byName: new Map(named) }
}

/** Emoji by their names after a colon, in the skin tone of the viewer. */
export function useEmojiCompletion(): CompletionSource {
  const choices = emojiChoicesOf(useViewer().id)
  return {
    label: 'Emoji',
    queryAt: emojiQuery,
    choicesFor: ({ text }) =>
      known && searchEmoji(known.offered, text, mostOffered).map((entry) => completionOf(entry, choices)),
    load,
    wholeAt: (text, caret) => {
      const name = wholeEmojiName(text, caret)
      const entry = name && known?.byName.get(name.text.toLowerCase())
      return name && entry ? { at: name.at, choice: completionOf(entry, choices) } : null
    },
  }
}

function completionOf(entry: EmojiEntry, choices: EmojiChoicesStore): Completion {
  const emoji = inTone(entry, choices.get().tone)
  return {
    key: entry.emoji,
    written: emoji,
    onPick: () => choices.use(emoji),
    view: (
      <>
        <span className="w-6 shrink-0 text-center text-xl leading-none" aria-hidden="true">
          {emoji}
        </span>
        <span className="min-w-0 truncate text-md font-medium">:{entry.shortcodes[0] ?? entry.name}:</span>
        <span className="min-w-0 truncate text-xs text-soft">{entry.name}</span>
      </>
    ),
  }
}
