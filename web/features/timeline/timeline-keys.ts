import { isMac } from '../../lib/is-mac'
import { type Chord, keyName, keyNames } from '../../lib/keys/chord'
import type { KeySection } from '../../lib/keys/key-list'
import { isQuick, messageActions } from './message-actions'
import { markKeys } from './model/marks'

const names = (...chords: readonly Chord[]) => chords.map((chord) => keyNames(chord, isMac()))

/** The keys of messages, from the table that acts on them, and those of the field in which one writes. */
export const timelineKeys = (): readonly KeySection[] => [
  {
    title: 'While you write',
    lines: [
      { words: 'Send', keys: names({ key: 'Enter' }) },
      { words: 'Begin a new line', keys: names({ key: 'Enter', shift: true }) },
      { words: 'Edit your last message, when the field is empty', keys: names({ key: 'ArrowUp' }) },
      ...markKeys.map(({ words, key }) => ({ words, keys: names({ key, mod: true }) })),
    ],
  },
  {
    title: 'On a message',
    lines: [
      { words: 'Walk over the messages', keys: names({ key: 'ArrowUp' }, { key: 'ArrowDown' }) },
      ...messageActions
        .filter((action) => !isQuick(action))
        .map(({ label, keys }) => ({ words: label, keys: keys.map((key) => [keyName(key)]) })),
      ...quickReactions(),
      { words: 'Back to the field', keys: names({ key: 'Escape' }) },
    ],
  },
]

function quickReactions() {
  const quick = messageActions.filter(isQuick)
  return [{ words: `React with ${quick.map(({ id }) => id).join(' ')}`, keys: quick.map(({ keys }) => [keys[0]]) }]
}
