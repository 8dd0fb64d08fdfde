import type { Mention } from '@parley/text/tree'
import { Folded } from '../../components/text/folded'
import { FormattedText } from '../../components/text/formatted-text'
import { cx } from '../../lib/cx'
import { isEmojiAlone } from '../../lib/emoji/emoji-alone'
import { EditedLabel } from './edited-label'
import { MentionChip } from './mention-chip'

const mentionView = (mention: Mention) => <MentionChip mention={mention} />

interface Props {
  /** Of the row. */
  readonly id: string
  readonly text: string
  readonly editedAt: string | null
  readonly faded: boolean
  readonly onSeeHistory: () => void
}

/** The text of a message with its formatting, folded when it is long. Takes time linear in its length, for any text. */
export function MessageText({ id, text, editedAt, faded, onSeeHistory }: Props) {
  const edited = editedAt !== null && <EditedLabel editedAt={editedAt} onOpen={onSeeHistory} />
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
