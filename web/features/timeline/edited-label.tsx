import { exactTime } from '../../lib/time'

interface Props {
  readonly editedAt: string
  readonly onOpen: () => void
}

/** Says that a message was edited, and leads to what it said before. */
export function EditedLabel({ editedAt, onOpen }: Props) {
  return (
    <>
      {' '}
      <button
        type="button"
        aria-label="Edited, see history"
        title={exactTime(new Date(editedAt))}
        onClick={onOpen}
        className="text-xs text-faint underline-offset-4 hover:text-link hover:underline"
      >
        (edited)
      </button>
    </>
  )
}
