import { cx } from '../../lib/cx'
import { linkify } from '../../lib/linkify'
import { exactTime } from '../../lib/time'

interface Props {
  readonly text: string
  readonly editedAt: string | null
  readonly faded: boolean
}

/** The text of a message, with its addresses as links. Takes time linear in its length, for any text. */
export function MessageText({ text, editedAt, faded }: Props) {
  return (
    <p dir="auto" className={cx('max-w-[75ch] pr-6 text-md wrap-anywhere whitespace-pre-wrap', faded && 'text-faint')}>
      {linkify(text).map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <a
            key={index}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="text-link underline decoration-current/40 underline-offset-3 hover:decoration-current"
          >
            {part.text}
          </a>
        ),
      )}
      {editedAt !== null && (
        <span title={exactTime(new Date(editedAt))} className="text-xs text-faint">
          {' (edited)'}
        </span>
      )}
    </p>
  )
}
