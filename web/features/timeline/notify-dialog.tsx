import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import type { GroupWord } from './model/group-word'
import { peopleCount } from './model/mention-choices'

interface Props {
  readonly count: number
  readonly word: GroupWord
  readonly action: 'Send' | 'Save'
  readonly onSend: () => void
  readonly onClose: () => void
}

/** Asks before a message notifies many people at once. */
export function NotifyDialog({ count, word, action, onSend, onClose }: Props) {
  return (
    <Dialog title={`Notify ${peopleCount(count)}?`} onClose={onClose}>
      <div className="space-y-4 px-5 pb-5">
        <p className="text-sm text-soft">
          {word === 'all'
            ? 'Your message mentions @all: every member of this conversation is notified.'
            : 'Your message mentions @here: every member who is online is notified.'}
        </p>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button data-first-focus onClick={onSend}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
