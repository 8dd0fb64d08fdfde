import type { Mention } from '@parley/text/tree'
import { Folded } from '../../components/text/folded'
import { FormattedText } from '../../components/text/formatted-text'
import { cx } from '../../lib/cx'
import { isEmojiAlone } from '../../lib/emoji/emoji-alone'
import { exactTime } from '../../lib/time'
import { MentionChip } from './mention-chip'

const mentionView = (mention: Mention) => <MentionChip mention={mention} />

interface Props {
  /** Of the row. */
  readonly id: string
  readonly text: string
  readonly editedAt: string | null
  readonly faded: boolean
}

/** The text of a message with its formatting, folded when it is long. Takes time linear in its length, for any text. */
export function MessageText({ id, text, editedAt, faded }: Props) {
  const edited = editedAt !== null && (
    <span title={exactTime(new Date(editedAt))} className="text-xs text-faint">
      {' (edited)'}
    </span>
  )
  return (
    <div
      className={cx(
        'max-w-[75ch] pr-6',
        isEmojiAlone(text) ? 'text-4xl leading-tight' : 'text-md',
        faded && 'text-faint',
      )}
    >
      <Folded id={id} text={text}>
        <FormattedText text={text} end={edited} mention={mentionView} />
      </Folded>
    </div>
  )
}
